/** Quotas: who is at the limit of what. */
import type { QuotaFacts } from '../../../model/findings/quota.ts';
import { sizeText } from '../../../model/size.ts';
import { quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

const MOST_OWNERS = 4;

export const quotaWords: FindingWords<'quota'> = {
  title: () => 'quota reached',
  evidence: ({ owners, mountPoint, availableBytes }) => [
    `${owners.slice(0, MOST_OWNERS).map(ownerText).join('; ')}: they get "Disk quota exceeded" although ${sizeText(availableBytes)} of ${quoted(mountPoint)} are free`,
  ],
  advice: () => 'have them delete something of their own, or raise the limit (edquota, setquota, xfs_quota)',
};

function ownerText({ kind, id, name, of, used, limit }: QuotaFacts['owners'][number]): string {
  const share = Math.floor((100 * used) / limit);
  const amount =
    of === 'bytes'
      ? `${sizeText(used)} of ${sizeText(limit)}`
      : `${used.toLocaleString('en-US')} of ${limit.toLocaleString('en-US')} files`;
  return `${kind} ${name === undefined ? id : quoted(name)} uses ${amount} (${share} %)`;
}
