// What a day's message is known by, on a platform that keeps a number with it.

/** What marks a delivery's message: a number below 2^63 in digits, the same whenever it is asked for. */
export function markOf(id: string, date: string): string {
  const digits =
    BigInt(`0x${id.replaceAll("-", "").slice(0, 12)}`) * 100_000n + BigInt(Date.parse(date) / 86_400_000 + 40_000);
  return String(digits % 2n ** 62n);
}
