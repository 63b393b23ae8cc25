import { connectTo } from "./daemon.ts";
import { DaemonFailure } from "./failure.ts";

/** Large ones are hundreds of files to delete. */
const removalSeconds = 120;

/** Removes an image's name, and the image with its last name. One that is gone is well; one in use is refused. */
export async function removeImage(image: string, host?: string): Promise<void> {
  const daemon = connectTo(host);
  try {
    await daemon.ask(`remove image ${image}`, removalSeconds, () => daemon.client.getImage(image).remove());
  } catch (error) {
    if (!(error instanceof DaemonFailure && error.kind === "not-found")) throw error;
  }
}
