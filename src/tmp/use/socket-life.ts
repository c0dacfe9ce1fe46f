/** Whether sockets in a unit are alive: nobody listens on a dead one. */
import { baseName } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { isSameSocket } from '../../system/processes/same-socket.ts';
import type { UnixSockets } from '../../system/processes/unix-sockets.ts';
import { unknown, yes } from './answer.ts';
import type { Use } from './answer.ts';

/**
 * One that is alive under another name (relative, or bound in another mount namespace) or in a hidden namespace cannot
 * be told from a dead one. Undefined where none is alive, or there is none.
 */
export function lifeOfSockets(sockets: readonly ByteString[], live: UnixSockets): Use | undefined {
  if (sockets.length === 0) return undefined;
  const alive = sockets.find((path) => live.paths.has(path));
  if (alive !== undefined) return yes({ code: 'live-socket', socket: alive });
  for (const path of sockets) {
    for (const bound of live.paths) {
      if (baseName(bound) !== baseName(path)) continue;
      const same = bound.startsWith('/') ? isSameSocket(bound, path) : undefined;
      if (same === true) return yes({ code: 'live-socket', socket: path });
      if (same === undefined) return unknown({ code: 'socket-elsewhere', bound });
    }
  }
  return live.complete ? undefined : unknown({ code: 'sockets-unreadable' });
}
