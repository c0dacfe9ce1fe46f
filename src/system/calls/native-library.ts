/** Finds and opens koffi's native library, without koffi's own loader: reading package files takes it longer than the rest. */
import { createRequire } from 'node:module';
import { getRawAsset, isSea } from 'node:sea';
import type * as Koffi from 'koffi';
import { openFromMemory } from './open-from-memory.ts';

/** What the library is called in a single executable. */
const ASSET = 'koffi.node';

/** Throws where there is none for this machine. */
export function openNativeLibrary(): typeof Koffi {
  if (isSea()) return openFromMemory(new Uint8Array(getRawAsset(ASSET))) as typeof Koffi;
  const { arch } = process;
  const require = createRequire(import.meta.url);
  const ownPackage = `@koromix/koffi-linux-${arch}`;
  try {
    return require(`${ownPackage}/linux_${arch}/koffi.node`) as typeof Koffi;
  } catch {
    // Its own loader knows musl and the names of other processors.
    return require(ownPackage) as typeof Koffi;
  }
}
