/** Files that clients of this machine's NFS server have open (NFSv4; Documentation/filesystems/nfs/nfsd-admin-interfaces.rst). */
import { readdirSync, readFileSync } from 'node:fs';
import { fromBytes, fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { deviceNumber, fileId } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';

/** A file, and the address of a client that has it open. */
export interface NfsOpen {
  readonly id: FileId;
  readonly client: ByteString;
}

const CLIENTS = '/proc/fs/nfsd/clients';

/** None where there is no server, or for an ordinary user; NFSv3 tells no server what is open. */
export function readNfsOpens(): NfsOpen[] {
  let clients: string[];
  try {
    clients = readdirSync(CLIENTS);
  } catch {
    return [];
  }
  return clients.flatMap((client) => {
    try {
      const info = fromBytes(readFileSync(`${CLIENTS}/${client}/info`));
      const address = /^address: "(.*):\d+"$/mu.exec(info)?.[1] ?? client;
      const states = fromBytes(readFileSync(`${CLIENTS}/${client}/states`));
      // fs/nfsd/nfs4state.c: "superblock: \"%02x:%02x:%ld\"", the device's numbers and the inode's.
      return [...states.matchAll(/superblock: "([\da-f]+):([\da-f]+):(\d+)"/gu)].map(
        ([, major, minor, inode]) => {
          const device = deviceNumber(`${parseInt(major, 16)}:${parseInt(minor, 16)}`);
          return { id: fileId(device, 0, Number(inode)), client: fromText(address) };
        },
      );
    } catch {
      // The client has left.
      return [];
    }
  });
}
