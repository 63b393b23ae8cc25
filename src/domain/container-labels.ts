/** Labels that tie a container to a model. Containers without `instance` are nobody's business here. */
export const containerLabels = {
  /** Which Hearth it belongs to: the store's instance id. */
  instance: "hearth.instance",
  /** Id of the model. */
  model: "hearth.model",
  /** Hash of the spec that it was made from. A container made by hand may lack it; its settings are compared instead. */
  specHash: "hearth.spec-hash",
  /** Number of the start. Only containers that the waker made itself have it: those it removes when they are stopped. */
  generation: "hearth.generation",
  /** Port that the engine listens on, inside. Needed where the container publishes none, or several. */
  port: "hearth.port",
} as const;
