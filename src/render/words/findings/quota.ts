/** Quotas: who is at the limit of what. */
import { sizeText } from '../../../model/size.ts';
import { quoted } from '../phrases.ts';
import { quotaText } from '../quota.ts';
import type { FindingWords } from './finding-words.ts';

const MOST_OWNERS = 4;

export const quotaWords: FindingWords<'quota'> = {
  title: () => 'quota reached',
  evidence: ({ owners, mountPoint, availableBytes }) => [
    `${owners.slice(0, MOST_OWNERS).map(quotaText).join('; ')}: they get "Disk quota exceeded" although ${sizeText(availableBytes)} of ${quoted(mountPoint)} are free`,
  ],
  advice: () => 'have them delete something of their own, or raise the limit (edquota, setquota, xfs_quota)',
};
