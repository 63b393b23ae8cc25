/** Seconds since the epoch on a clock that never goes back, also when somebody sets the machine's time. */
export function now(): number {
  return (performance.timeOrigin + performance.now()) / 1000;
}
