/** Tells the service manager how a service is (sd_notify(3)): datagrams to the socket that it named, from this process itself. */
import { loadLibc } from '../calls/libc.ts';

const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
/** sizeof(sun_path) */
const PATH_BYTES = 108;
/** For who is not there any more: no signal. */
const MSG_NOSIGNAL = 0x4000;

/** "READY=1", "WATCHDOG=1\nSTATUS=…": false where it could not be sent. */
export type Notify = (state: string) => boolean;

/**
 * @param socket what NOTIFY_SOCKET says: a path, or with @ an abstract name. Undefined where there is nobody to tell, or
 * no way to.
 */
export function openNotifySocket(socket: string | undefined): Notify | undefined {
  const libc = loadLibc();
  const isName = socket !== undefined && /^[/@]./u.test(socket);
  if (!libc || !isName) return undefined;
  const name = Buffer.from(socket);
  if (name.length >= PATH_BYTES) return undefined;
  const descriptor = libc.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return undefined;
  // struct sockaddr_un: the family, then the name.
  const address = new Uint8Array(new ArrayBuffer(2 + PATH_BYTES));
  address[0] = AF_UNIX;
  address.set(name, 2);
  if (socket.startsWith('@')) address[2] = 0;
  const length = 2 + name.length;
  return (state) => {
    const bytes = new Uint8Array(Buffer.from(state));
    const sent = libc.sendto(
      descriptor,
      libc.addressOf(bytes),
      bytes.length,
      MSG_NOSIGNAL,
      libc.addressOf(address),
      length,
    );
    return sent === bytes.length;
  };
}
