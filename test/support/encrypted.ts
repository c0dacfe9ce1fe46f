/** Encrypted directories (Documentation/filesystems/fscrypt.rst), for tests of what reads disks past the kernel. */
import { withIoctl } from '../../src/system/calls/ioctl.ts';
import { fromText } from '../../src/model/byte-string.ts';

/** FS_IOC_ADD_ENCRYPTION_KEY, FS_IOC_REMOVE_ENCRYPTION_KEY, FS_IOC_SET_ENCRYPTION_POLICY. */
const ADD_KEY = 0xc050_6617;
const REMOVE_KEY = 0xc040_6618;
const SET_POLICY = 0x800c_6613;
const KEY_BYTES = 64;
const IDENTIFIER_BYTES = 16;

let identifier = Buffer.alloc(IDENTIFIER_BYTES);

/** Encrypts an empty directory, with a key that is always the same: the kernel knows it until `removeKeys`. */
export function encrypt(directory: string): void {
  const done = withIoctl(fromText(directory), (ask) => {
    // struct fscrypt_add_key_arg: the kind of the key's name, its 32 bytes, the size of what follows.
    const key = Buffer.alloc(80 + KEY_BYTES, 7);
    key.fill(0, 0, 80);
    key.writeUInt32LE(2, 0);
    key.writeUInt32LE(KEY_BYTES, 40);
    if (!ask(ADD_KEY, key)) return false;
    identifier = Buffer.from(key.subarray(8, 8 + IDENTIFIER_BYTES));
    // struct fscrypt_policy_v2: AES-256-XTS for contents, AES-256-CTS for names, padded to 32 bytes.
    const policy = Buffer.alloc(24);
    policy.set([2, 1, 4, 3], 0);
    policy.set(identifier, 8);
    return ask(SET_POLICY, policy);
  });
  if (done !== true) throw new Error('the directory could not be encrypted');
}

/** The kernel forgets the key, and shows names that it makes up. */
export function removeKeys(mountPoint: string): void {
  withIoctl(fromText(mountPoint), (ask) => {
    const key = Buffer.alloc(64);
    key.writeUInt32LE(2, 0);
    key.set(identifier, 8);
    return ask(REMOVE_KEY, key);
  });
}
