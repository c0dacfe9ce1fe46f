/** Tells the service manager how a service is (sd_notify(3)): datagrams to the socket that it named, from this process itself. */
import { loadLibc } from '../calls/libc.ts';

const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
/** sizeof(sun_path) */
const PATH_BYTES = 108;
/** For who is not there any more: no signal. */
const MSG_NOSIGNAL = 0x4000;

const SOL_SOCKET = 1;
const SCM_RIGHTS = 1;
/** struct msghdr, struct iovec and a struct cmsghdr with one descriptor, on 64 bits: cmsg(3). */
const HEADER_BYTES = 56;
const VECTOR_BYTES = 16;
const CONTROL_BYTES = 24;
const CONTROL_LENGTH = 20;

/** "READY=1", "WATCHDOG=1\nSTATUS=…", and a descriptor for it to keep: false where it could not be sent. */
export type Notify = (state: string, kept?: number) => boolean;

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
  return (state, kept) => {
    const bytes = new Uint8Array(Buffer.from(state));
    const to = libc.addressOf(address);
    if (kept === undefined)
      return (
        libc.sendto(descriptor, libc.addressOf(bytes), bytes.length, MSG_NOSIGNAL, to, length) ===
        bytes.length
      );
    const message = new Uint8Array(new ArrayBuffer(HEADER_BYTES + VECTOR_BYTES + CONTROL_BYTES));
    const view = new DataView(message.buffer);
    const at = libc.addressOf(message);
    const word = (offset: number, value: number): void => view.setBigUint64(offset, BigInt(value), true);
    word(0, to);
    view.setUint32(8, length, true);
    word(16, at + HEADER_BYTES);
    word(24, 1);
    word(32, at + HEADER_BYTES + VECTOR_BYTES);
    word(40, CONTROL_BYTES);
    word(HEADER_BYTES, libc.addressOf(bytes));
    word(HEADER_BYTES + 8, bytes.length);
    const control = HEADER_BYTES + VECTOR_BYTES;
    word(control, CONTROL_LENGTH);
    view.setInt32(control + 8, SOL_SOCKET, true);
    view.setInt32(control + 12, SCM_RIGHTS, true);
    view.setInt32(control + 16, kept, true);
    return libc.sendmsg(descriptor, at, MSG_NOSIGNAL) === bytes.length;
  };
}
