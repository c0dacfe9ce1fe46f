/** The door of the forecast: tells when a filesystem will be full, and which rules will stop the growth before that. */
import type { DiskState, FilesystemOutlook } from '../../model/watch-event.ts';
import { Caps } from './caps/caps.ts';
import { diskStateOf } from './disk-state.ts';
import type { Outlook } from '../ground/ground.ts';
import { forecast } from './forecast.ts';
import { FreeHistory } from './free-history.ts';

interface Known {
  readonly bytes: FreeHistory;
  readonly inodes: FreeHistory;
  state: DiskState;
  availableBytes: number;
  totalBytes: number;
  atSeconds: number;
  /** As of the latest sample; made when it is asked for. */
  outlook: FilesystemOutlook | undefined;
}

export function createOutlook(caps: Caps = new Caps()): Outlook {
  /** By device: a filesystem may be mounted twice. */
  const known = new Map<string, Known>();
  return {
    sample: (mount, usage, nowSeconds) => {
      const one = known.get(mount.device) ?? begin();
      known.set(mount.device, one);
      one.bytes.add({ at: nowSeconds, free: usage.availableBytes });
      // btrfs makes inodes as it needs them.
      if (usage.inodes > 0) one.inodes.add({ at: nowSeconds, free: usage.inodes - usage.inodesUsed });
      one.state = diskStateOf(usage, one.state.level);
      one.availableBytes = usage.availableBytes;
      one.totalBytes = usage.totalBytes;
      one.atSeconds = nowSeconds;
      one.outlook = undefined;
    },
    outlookOf: (mount, growing) => {
      const one = known.get(mount.device) ?? begin();
      one.outlook ??= outlookNow(mount.mountPoint, one);
      if (!growing) return one.outlook;
      return { ...one.outlook, caps: caps.of(growing.path, one.totalBytes, one.atSeconds) };
    },
  };
}

/** Before the first sample. */
const UNKNOWN_STATE: DiskState = { level: 'ok', of: 'bytes', reservedBytes: 0, freeInodes: null };

function begin(): Known {
  const [bytes, inodes] = [new FreeHistory(), new FreeHistory()];
  return {
    bytes,
    inodes,
    state: UNKNOWN_STATE,
    availableBytes: 0,
    totalBytes: 0,
    atSeconds: 0,
    outlook: undefined,
  };
}

function outlookNow(mountPoint: FilesystemOutlook['mountPoint'], one: Known): FilesystemOutlook {
  const { rate, left } = forecast(one.bytes);
  return {
    mountPoint,
    state: one.state,
    availableBytes: one.availableBytes,
    fillingBytesPerSecond: rate,
    fullInSeconds: left,
    inodesFullInSeconds: forecast(one.inodes).left?.soonest,
    caps: [],
  };
}
