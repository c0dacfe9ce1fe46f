/** `--listen ADDR:PORT`, read: who names no address gets this machine alone. */
import { isIP } from 'node:net';
import { UsageError } from '../../model/errors.ts';
import type { ListenAddress } from '../../fleet/fleet.ts';

/** Throws UsageError for what is none. An IPv6 address stands in brackets. */
export function readListenAddress(typed: string): ListenAddress {
  const match = /^(?:(?<host>[^[\]:]*|\[[^\]]+\]):)?(?<port>\d{1,5})$/u.exec(typed.trim());
  const { host = '', port = '' } = match?.groups ?? {};
  const address = host.replace(/^\[(.*)\]$/u, '$1');
  const isKnown = address === '' || address === 'localhost' || isIP(address) !== 0;
  if (!match || !isKnown || Number(port) > 65_535)
    throw new UsageError(`--listen ${typed}: not an address and a port; write :9927 or 192.0.2.1:9927`);
  return { host: address === '' || address === 'localhost' ? '127.0.0.1' : address, port: Number(port) };
}
