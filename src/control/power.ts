/** What the machine's time costs, where somebody has said what it takes from the wall and what that costs. */

export interface Power {
  /** While an engine works. 0: not known. */
  watts: number;
  /** Of a kilowatt-hour. 0: not known. */
  price: number;
  currency: string;
}

export interface Cost {
  kilowattHours: number | null;
  /** In the currency of the price. */
  money: number | null;
}

const joulesPerKilowattHour = 3_600_000;

export function costOf(machineSeconds: number, { watts, price }: Power): Cost {
  if (watts === 0) return { kilowattHours: null, money: null };
  const kilowattHours = (machineSeconds * watts) / joulesPerKilowattHour;
  return { kilowattHours, money: price === 0 ? null : kilowattHours * price };
}
