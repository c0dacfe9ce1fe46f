/** Tells when a filesystem will be full. */
import type { FilesystemOutlook } from '../model/watch-event.ts';
import type { Outlook } from './collaborators.ts';

export function createOutlook(): Outlook {
  const available = new Map<string, number>();
  return {
    sample: (mount, usage) => void available.set(mount.device, usage.availableBytes),
    outlookOf: (mount): FilesystemOutlook => ({
      mountPoint: mount.mountPoint,
      availableBytes: available.get(mount.device) ?? 0,
      fullInSeconds: undefined,
      inodesFullInSeconds: undefined,
      caps: [],
    }),
  };
}
