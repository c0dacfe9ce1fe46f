/** What a watch session is given: the request, the scan it starts from, and those who answer its questions. */
import type { ScanResult } from '../../model/scan-result.ts';
import type { WatchEvent } from '../../model/watch-event.ts';
import type { FileLook } from '../../system/files/file-look.ts';
import type { Collaborators, Ground, WatchHooks, WatchRequest } from '../ground/ground.ts';

export interface SessionParts {
  readonly request: WatchRequest;
  readonly hooks: WatchHooks;
  readonly collaborators: Collaborators;
  readonly ground: Ground;
  readonly look: FileLook;
  readonly scan: ScanResult;
  /** Seconds since 1970: when the scan began. */
  readonly scannedAt: number;
  readonly emit: (event: WatchEvent) => void;
  /** Whether all that was emitted has been heard. */
  readonly isHeard: () => boolean;
}
