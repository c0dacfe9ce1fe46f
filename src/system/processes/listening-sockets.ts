/** Who listens on a TCP port here: /proc/net/tcp and tcp6 (proc(5)), in the network namespace of this process. */
import { readFileSync, readlinkSync, readdirSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { processIds } from './process-ids.ts';

/** TCP_LISTEN (include/net/tcp_states.h), hexadecimal as the table has it. */
const LISTEN = '0A';

export interface ListeningSocket {
  readonly port: number;
  /** Inode of the socket, as /proc/PID/fd/N names it. */
  readonly inode: number;
}

/** Every listening TCP socket; null where the tables cannot be read. Addresses are left out: port decides. */
export function listeningSockets(): ListeningSocket[] | null {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => {
    try {
      return [readFileSync(file, 'latin1')];
    } catch {
      return [];
    }
  });
  if (tables.length === 0) return null;
  return tables.flatMap((table) =>
    table
      .split('\n')
      .slice(1)
      .flatMap((line) => {
        const [, local, , state, , , , , , inode] = line.trim().split(/\s+/u);
        return state === LISTEN
          ? [{ port: Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16), inode: Number(inode) }]
          : [];
      }),
  );
}

/** The process that holds the socket; undefined where none that this user may look into does. */
export function holderOfSocket(inode: number): number | undefined {
  const link = `socket:[${inode}]`;
  return processIds().find((pid) => {
    try {
      return readdirSync(`/proc/${pid}/fd`).some((name) => {
        try {
          return readlinkSync(`/proc/${pid}/fd/${name}`) === link;
        } catch {
          return false;
        }
      });
    } catch {
      return false;
    }
  });
}

/** Whether a host name or address means this machine, without asking a resolver. */
export function isOwnHost(host: string): boolean {
  const name = host.toLowerCase().replaceAll(/^\[|\]$/gu, '');
  if (/^(?:localhost(?:\.localdomain)?|127(?:\.\d{1,3}){3}|::1|0\.0\.0\.0|::|\*|)$/u.test(name)) return true;
  return (
    name === hostname().toLowerCase() ||
    Object.values(networkInterfaces()).some((addresses) =>
      addresses?.some(({ address }) => address.toLowerCase() === name),
    )
  );
}
