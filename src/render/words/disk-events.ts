/** What `diskwhy watch` says of a filesystem whose thin pool has no room, or that an error stopped. */
import type { PoolStateEvent, StopEvent } from '../../model/watch-event.ts';
import { displayName } from '../terminal/escape.ts';
import { formatSize } from '../terminal/size.ts';
import type { SizeStyle } from '../terminal/size.ts';

/** "/srv lies on the thin pool vg0-pool0-tpool, of whose data 100 % and of whose metadata 12 % are in use, …" */
export function poolText({ type, filesystem, atStart, pool }: PoolStateEvent, sizes: SizeStyle): string {
  const { usedShare, metadataUsedShare, state } = pool;
  const place = displayName(filesystem.mountPoint);
  const name = displayName(pool.name);
  if (type === 'pool-freed') return `${place}: its thin pool ${name} has room again`;
  const lies = `${place} lies${atStart ? ' already' : ''} on the thin pool ${name}`;
  const what = `what to do first: diskwhy ${place} says it`;
  if (state === 'failed') return `${lies}, which has failed; ${what}`;
  const free = formatSize(filesystem.availableBytes, sizes);
  const shares = `of whose data ${percent(usedShare)} and of whose metadata ${percent(metadataUsedShare)} are in use`;
  const stopped = state === 'read-only' ? ' and which takes no writes' : '';
  return `${lies}, ${shares}${stopped}, though ${free} seem free; ${what}`;
}

/** "/srv takes no writes any more: …" */
export function stopText({ type, filesystem, atStart, isShutDown }: StopEvent): string {
  const place = displayName(filesystem.mountPoint);
  if (type === 'writable') return `${place} takes writes again`;
  const already = atStart ? 'already ' : '';
  const what = isShutDown ? 'is shut down' : 'takes no writes any more';
  return `${place} ${already}${what}: the kernel met an error on it (dmesg says which); deleting does not help, save what matters and check it unmounted`;
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}
