/** Quotas: who is at the limit of what. */
import type { QuotaLimit } from '../../../model/quota.ts';
import { sizeText } from '../../../model/size.ts';
import { quoted } from '../phrases.ts';
import { quotaText } from '../quota.ts';
import type { FindingWords } from './finding-words.ts';

const MOST_OWNERS = 4;

export const quotaWords: FindingWords<'quota'> = {
  title: () => 'quota reached',
  evidence: ({ owners, mountPoint, type, availableBytes }) => [
    `${owners.slice(0, MOST_OWNERS).map(quotaText).join('; ')}: they get ${refusals(type, owners)} although ${sizeText(availableBytes)} of ${quoted(mountPoint)} are free`,
  ],
  advice: () => 'have them delete something of their own, or raise the limit (edquota, setquota, xfs_quota)',
};

/** XFS has an error of its own for projects (xfs_trans_dquot.c), which looks like a full disk. */
function refusals(type: string, owners: readonly QuotaLimit[]): string {
  const isXfs = type === 'xfs';
  const texts = owners.map(({ kind }) =>
    isXfs && kind === 'project' ? '"No space left on device"' : '"Disk quota exceeded"',
  );
  return [...new Set(texts)].join(' or ');
}
