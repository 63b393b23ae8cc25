/**
 * String formats in GBNF: what stands between the quotes. Each takes nothing that the format does not, and what models
 * write of it; rarer spellings of addresses are not among them.
 */

const year = "[0-9]{4}";
const day31 = '("01" | "03" | "05" | "07" | "08" | "10" | "12") "-" ("0" [1-9] | [12] [0-9] | "3" [01])';
const day30 = '("04" | "06" | "09" | "11") "-" ("0" [1-9] | [12] [0-9] | "30")';
const day28 = '"02-" ("0" [1-9] | "1" [0-9] | "2" [0-8])';
/** Divisible by 4 but not by 100, or by 400. */
const fours = '("0" [48] | [2468] [048] | [13579] [26])';
const leapDay = `([0-9]{2} ${fours} | (${fours} | "00") "00") "-02-29"`;
const date = `(${year} "-" (${day31} | ${day30} | ${day28}) | ${leapDay})`;

const hour = '([01] [0-9] | "2" [0-3])';
const sixty = "[0-5] [0-9]";
const time = `${hour} ":" ${sixty} ":" ${sixty} ("." [0-9]{1,9})? ("Z" | [+-] ${hour} ":" ${sixty})`;

const octet = '("25" [0-5] | "2" [0-4] [0-9] | "1" [0-9]{2} | [1-9] [0-9] | [0-9])';
const hex4 = "[0-9a-fA-F]{1,4}";
/** A label that begins with `xn--` stands for another alphabet, and would have to be judged: none has two hyphens. */
const plainLabel = '[a-z0-9] ("-"? [a-z0-9]){0,20}';
const host = `${plainLabel} ("." ${plainLabel}){0,3}`;
const path = "[A-Za-z0-9._~!$&'()*+,;=:@/-]{0,500}";

export const formatRules: Record<string, string> = {
  date,
  time,
  "date-time": `${date} "T" ${time}`,
  uuid: '[0-9a-f]{8} "-" [0-9a-f]{4} "-" [0-9a-f]{4} "-" [0-9a-f]{4} "-" [0-9a-f]{12}',
  ipv4: `${octet} ("." ${octet}){3}`,
  ipv6: `${hex4} (":" ${hex4}){7} | "::1" | "::"`,
  hostname: host,
  email: `[A-Za-z0-9_+-]{1,30} ("." [A-Za-z0-9_+-]{1,20}){0,1} "@" ${host} "." [a-z]{2,12}`,
  uri: `("http" "s"? | "ftp") "://" ${host} ("." [a-z]{2,12})? (":" [1-9] [0-9]{1,3})? ("/" ${path})? ("?" ${path})?`,
};
