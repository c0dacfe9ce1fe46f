/** The door of the room: watches trees for growth and reports it, event after event, until it is told to stop. */
import type { WatchEvent } from '../model/watch-event.ts';
import { scan } from '../scan/scan.ts';
import type { ScanHooks, ScanRequest } from '../scan/scan.ts';
import { nowSeconds } from '../system/calls/clock.ts';
import { createFileLook } from '../system/files/file-look.ts';
import type { Collaborators, WatchHooks, WatchRequest } from './ground/ground.ts';
import { EventQueue } from './events/events.ts';
import { Ground } from './ground/ground.ts';
import { createJudge } from './verdict/judge.ts';
import { createOutlook } from './forecast/outlook.ts';
import { WatchSession } from './session/watch-session.ts';
import { createWriterFinder } from './writers/writer-finder.ts';

export { createOutlook } from './forecast/outlook.ts';
export type { WatchHooks, WatchRequest } from './ground/ground.ts';

/**
 * Watches until the signal aborts, the time is up or the consumer stops. Yields `ready` first (notices may come before
 * it) and `summary` last. Throws UsageError for a path that cannot be looked at.
 */
export async function* watch(
  request: WatchRequest,
  hooks: WatchHooks = {},
  collaborators: Collaborators = createCollaborators(request.zoneMinutes),
): AsyncGenerator<WatchEvent, void> {
  try {
    yield* watchWith(collaborators, request, hooks);
  } finally {
    collaborators.writers[Symbol.dispose]();
  }
}

async function* watchWith(
  collaborators: Collaborators,
  request: WatchRequest,
  hooks: WatchHooks,
): AsyncGenerator<WatchEvent, void> {
  const look = createFileLook();
  const ground = new Ground(request.paths, request.crossMounts, request.exclude, look);
  const scannedAt = nowSeconds();
  const result = await scan(scanRequest(request, ground, scannedAt), scanHooks(hooks));
  const queue = new EventQueue<WatchEvent>();
  await using session = new WatchSession({
    request,
    hooks,
    collaborators,
    ground,
    look,
    scan: result,
    scannedAt,
    emit: (event) => queue.push(event),
    isHeard: () => queue.isHeard,
  });
  queue.onHeard = () => session.keep();
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    session.finish();
    queue.end();
  };
  if (hooks.signal?.aborted) stop();
  else {
    session.start();
    hooks.signal?.addEventListener('abort', stop, { once: true });
    if (request.forSeconds !== undefined) timer = setTimeout(stop, request.forSeconds * 1000);
  }
  try {
    yield* queue;
  } finally {
    clearTimeout(timer);
    hooks.signal?.removeEventListener('abort', stop);
  }
}

function createCollaborators(zoneMinutes: number): Collaborators {
  return { writers: createWriterFinder(), outlook: createOutlook(), judge: createJudge(zoneMinutes) };
}

function scanRequest({ exclude }: WatchRequest, ground: Ground, now: number): ScanRequest {
  return {
    roots: ground.roots,
    boundaries: ground.boundaries,
    source: 'auto',
    threads: undefined,
    exclude,
    largestCount: 0,
    rankByApparent: false,
    nowSeconds: now,
  };
}

function scanHooks({ signal, onScanned }: WatchHooks): ScanHooks {
  return {
    ...(signal && { signal }),
    ...(onScanned && {
      wantsProgress: () => true,
      onProgress: ({ entries }) => onScanned(entries),
    }),
  };
}
