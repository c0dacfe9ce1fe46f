/** One limit of a quota, in a few words. */
import type { QuotaLimit } from '../../model/quota.ts';
import { grouped } from '../../model/grouped.ts';
import { sizeText } from '../../model/size.ts';
import { quoted } from './phrases.ts';

/** "user ann uses 4.9 GiB of 5.0 GiB (98 %)". */
export function quotaText({ kind, id, name, of, used, limit }: QuotaLimit): string {
  const share = Math.floor((100 * used) / limit);
  const amount =
    of === 'bytes'
      ? `${sizeText(used)} of ${sizeText(limit)}`
      : `${grouped(used)} of ${grouped(limit)} files`;
  return `${kind} ${name === undefined ? id : quoted(name)} uses ${amount} (${share} %)`;
}
