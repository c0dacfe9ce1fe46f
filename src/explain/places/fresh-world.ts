/** The machine as the gate of remedies sees it, looked at anew: for whoever acts some time after the report. */
import type { ByteString } from '../../model/byte-string.ts';
import { createWorld } from '../../remedies/remedies.ts';
import type { World } from '../../remedies/remedies.ts';
import { scanOpenFiles } from '../../system/processes/open-files.ts';
import { readMounts } from '../../system/mounts/mounts.ts';
import { visibleMounts } from '../../scan/scan.ts';
import { prepareFindings } from './preparation.ts';

/** @param environment of who asks. */
export function freshWorld(environment: Parameters<typeof prepareFindings>[0], isRoot: boolean): World {
  const { matcher, programs } = prepareFindings(environment, ['/' as ByteString]);
  return createWorld({
    isRoot,
    openFiles: scanOpenFiles,
    mounts: visibleMounts(readMounts()),
    matcher,
    programs,
  });
}
