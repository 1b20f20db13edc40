// Which machines a page may be fetched from: those of the public internet. An editor's page, or whoever owns its name, must not
// lead us to what only our own network can reach.
import { lookup as resolve, type LookupAddress, type LookupOptions } from "node:dns";
import ipaddr from "ipaddr.js";

/** Metadata services that stand at public addresses (Azure, "What is IP address 168.63.129.16?"). */
const METADATA = new Set(["168.63.129.16"]);

export class PrivateAddressError extends Error {
  readonly code = "PRIVATE_ADDRESS";
}

/** Whether an IPv4 or IPv6 address, in any spelling, is one of the public internet (IANA's special-purpose registries). */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  // IPv4 addresses in their oldest form within IPv6 (RFC 4291, 2.5.5.1), which nobody gives out any more.
  const old = parsed.toByteArray().slice(0, 12);
  if (parsed.kind() === "ipv6" && old.every((byte) => byte === 0)) return false;
  return parsed.range() === "unicast" && !METADATA.has(parsed.toString());
}

/** The name of an address as it stands in a list of exceptions: lower case, without brackets and a last dot. */
export const hostName = (url: URL): string => url.hostname.toLowerCase().replace(/^\[|\]$|\.$/g, "");

/** Throws {@link PrivateAddressError} for a host that is written as an address which is not public. */
export function checkLiteral(host: string): void {
  if (ipaddr.isValid(host) && !isPublicAddress(host)) throw new PrivateAddressError(`${host} is not a public address`);
}

type Callback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/**
 * A name's addresses for a connection, checked at the moment of connecting: what a name's server says later changes nothing.
 * `allowed`: hosts that may be anywhere.
 */
export function publicLookup(allowed: ReadonlySet<string>) {
  return (host: string, options: LookupOptions, done: Callback): void => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const own = error ? undefined : addresses.find(({ address }) => !isPublicAddress(address));
      const [first] = error ? [] : addresses;
      if (error) done(error, []);
      else if (own && !allowed.has(host.toLowerCase().replace(/\.$/, "")))
        done(new PrivateAddressError(`${host} leads to ${own.address}, which is not a public address`), []);
      else if (options.all === true || first === undefined) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}
