/** The machine as the gate of remedies sees it, with the catalogue's places of this household. */
import type { ByteString } from '../model/byte-string.ts';
import type { Mount } from '../model/mount.ts';
import type { OpenFiles } from '../model/process.ts';
import { createWorld } from '../remedies/remedies.ts';
import type { World } from '../remedies/remedies.ts';
import { directoryNames } from '../system/directories/directory-names.ts';
import { scanOpenFiles } from '../system/processes/open-files.ts';
import { readMounts } from '../system/mounts/mounts.ts';
import { visibleMounts } from '../scan/scan.ts';
import { prepareFindings } from './preparation.ts';
import type { Preparation } from './preparation.ts';

export interface Seen {
  readonly isRoot: boolean;
  readonly openFiles: () => OpenFiles;
  /** Visible ones. */
  readonly mounts: readonly Mount[];
}

export function machineWorld({ matcher, programs }: Preparation, { isRoot, openFiles, mounts }: Seen): World {
  return createWorld({
    isRoot,
    openFiles,
    mounts,
    claim: (path, kind) => matcher.claim(path, kind, namesIn),
    programs,
  });
}

/** The machine looked at anew, for whoever acts some time after the report. */
export function freshWorld(environment: Parameters<typeof prepareFindings>[0], isRoot: boolean): World {
  return machineWorld(prepareFindings(environment, ['/' as ByteString]), {
    isRoot,
    openFiles: scanOpenFiles,
    mounts: visibleMounts(readMounts()),
  });
}

const namesIn = (path: string): Iterable<string> => directoryNames(path as ByteString);
