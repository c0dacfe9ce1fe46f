/** Which kernels are installed, which of them runs, and which one boots by default. */
import { readFileSync, readlinkSync } from 'node:fs';
import { fromText, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { directoryFiles } from '../directories/directory-files.ts';
import type { DirectoryFile } from '../directories/directory-files.ts';
import { directoryNames } from '../directories/directory-names.ts';

export interface InstalledKernels {
  /** As `uname -r` says. */
  readonly running: string;
  /** Releases with an image to boot. */
  readonly releases: readonly string[];
  /** Those that links of boot loaders lead to. */
  readonly defaults: readonly string[];
  /** Files in /boot by release. */
  readonly bootFiles: ReadonlyMap<string, readonly DirectoryFile[]>;
}

const BOOT = fromText('/boot');
/** Where modules lie; the first is a link to the second on most systems. */
const MODULES = ['/lib/modules', '/usr/lib/modules'].map(fromText);
const IMAGE = /^vmlinu[xz]-(\d.*)$/u;
const LINKS = ['/boot/vmlinuz', '/vmlinuz'];

export function readInstalledKernels(): InstalledKernels | undefined {
  let running: string;
  try {
    running = readFileSync('/proc/sys/kernel/osrelease', 'latin1').trim();
  } catch {
    return undefined;
  }
  const files = directoryFiles(BOOT);
  const releases = new Set(files.flatMap(({ name }) => IMAGE.exec(name)?.[1] ?? []));
  for (const modules of MODULES) {
    for (const release of directoryNames(modules))
      // Fedora and Arch keep the image beside the modules.
      if (directoryNames(joinPath(modules, release)).includes('vmlinuz' as ByteString)) releases.add(release);
  }
  const bootFiles = filesByRelease(files, releases);
  return { running, releases: [...releases], defaults: LINKS.flatMap(linkedRelease), bootFiles };
}

/** Files of kernels in a directory, by release: only of those with an image to boot there. */
export function kernelFilesIn(directory: ByteString): ReadonlyMap<string, readonly DirectoryFile[]> {
  const files = directoryFiles(directory);
  return filesByRelease(files, new Set(files.flatMap(({ name }) => IMAGE.exec(name)?.[1] ?? [])));
}

function filesByRelease(
  files: readonly DirectoryFile[],
  releases: ReadonlySet<string>,
): Map<string, DirectoryFile[]> {
  const found = new Map<string, DirectoryFile[]>();
  for (const file of files) {
    const release = releaseOf(file.name);
    if (release === undefined || !releases.has(release)) continue;
    const list = found.get(release);
    if (list) list.push(file);
    else found.set(release, [file]);
  }
  return found;
}

/** The release in the name of an image, an initial ram disk or what else belongs to a kernel. */
function releaseOf(name: ByteString): string | undefined {
  return /^(?:vmlinu[xz]|initrd(?:\.img)?|initramfs|config|System\.map|symvers|abi)-(\d.*?)(?:(?:kdump)?\.img|\.[gx]z)?$/u.exec(
    name,
  )?.[1];
}

function linkedRelease(link: string): string[] {
  try {
    const target = readlinkSync(link);
    const release = IMAGE.exec(target.slice(target.lastIndexOf('/') + 1))?.[1];
    return release === undefined ? [] : [release];
  } catch {
    return [];
  }
}
