/** What to do where the CUDA of an engine's image is newer than the machine's driver. */
export const newerDriver =
  "Update the NVIDIA driver (`sudo apt-get install nvidia-driver-580-open`, then restart the machine), or choose a " +
  "model with an older image: `hearth models choose`.";
