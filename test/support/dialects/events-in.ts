/** The events of a stream's text, their data parsed. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into events of every shape
export function eventsIn(text: string): { event: string; data: any }[] {
  const blocks = text.split("\n\n").filter((block) => block.trim() !== "" && !block.startsWith(":"));
  return blocks.map((block) => {
    const event = /^event: (.*)$/m.exec(block)?.[1] ?? "message";
    return { event, data: JSON.parse(/^data: (.*)$/m.exec(block)![1]!) };
  });
}
