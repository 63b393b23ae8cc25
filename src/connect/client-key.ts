/** Where clients that read their key from the environment find it. Not HEARTH_API_KEY: where Hearth itself runs, that one is the admin's. */
export const clientKeyVariable = "HEARTH_CLIENT_KEY";
