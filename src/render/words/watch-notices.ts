/** What `diskwhy watch` says once, and where growth may be that nothing explains. */
import type { ByteString } from '../../model/byte-string.ts';
import { errnoMessage } from '../../model/errno-message.ts';
import type { GrowthClue } from '../../model/watch-event.ts';
import type { WatchNotice } from '../../model/watch-notice.ts';
import { displayName } from '../terminal/escape.ts';
import { formatCount } from '../terminal/size.ts';
import type { SizeStyle } from '../terminal/size.ts';
import { rateText } from './watch.ts';

/** "/srv/data: was unmounted; the rest is watched on" */
export function noticeText(path: ByteString | undefined, notice: WatchNotice): string {
  return `${path === undefined ? '' : `${displayName(path)}: `}${noticeMessage(notice)}`;
}

export function noticeMessage(notice: WatchNotice): string {
  switch (notice.kind) {
    case 'fanotify-overflow':
      return 'more was written than the kernel could tell: sweeping for the rest';
    case 'inotify-overflow':
      return 'so many changes that the kernel may have dropped some: sweeping for the rest';
    case 'no-watches-left':
      return `no inotify watches left (${usedText(notice)}): finding growth by sweeps`;
    case 'scarce-watches':
      return `inotify watches are scarce (${usedText(notice)}): watching ${formatCount(notice.watched)} of ${formatCount(notice.wanted)} active directories, sweeping the others`;
    case 'watch-limit': {
      const limit =
        notice.code === 'ENOSPC'
          ? 'fs.inotify.max_user_watches'
          : 'fs.inotify.max_user_instances or open files';
      return `the limit ${limit} is met (${notice.code}): ${formatCount(notice.watched)} directories are watched, the others are swept`;
    }
    case 'unreadable':
      return `${errnoMessage(notice.code)}: not watched, nor others like it; the rest is watched on`;
    case 'gone-unseen':
      return 'grew, and is gone since the watch was interrupted: of it, and of others like it, what was written at last is not counted';
    case 'root-lost':
      return `${lostText(notice)}; the rest is watched on`;
    case 'root-back':
      return 'is there again and watched again';
  }
}

function lostText({ trouble, code }: Extract<WatchNotice, { kind: 'root-lost' }>): string {
  if (trouble === 'gone') return 'is gone';
  if (trouble === 'unmounted') return 'was unmounted';
  return `cannot be read any more${code === undefined ? '' : `: ${errnoMessage(code)}`}`;
}

function usedText(notice: { readonly usedWatches: number; readonly mostWatches: number }): string {
  return `${formatCount(notice.usedWatches)} of ${formatCount(notice.mostWatches)} in use`;
}

/** @param mountPoint of the filesystem that grows. */
export function clueText(clue: GrowthClue, mountPoint: ByteString, sizes: SizeStyle): string {
  switch (clue.kind) {
    case 'still-searching':
      return 'not all directories have been looked at yet: the search goes on';
    case 'outside-file':
      return `outside the watched paths: ${displayName(clue.path)}, ${rateText(clue.bytesPerSecond, sizes)}`;
    case 'elsewhere':
      return `only ${displayName(clue.watched)} is watched: it may be elsewhere on ${displayName(mountPoint)}`;
    case 'hidden-processes':
      return `${formatCount(clue.processes)} processes are hidden from this user: they may hold deleted files that grow`;
  }
}
