/** Why a filesystem that was to be read in bulk was walked, for the person who waits. */
import type { BulkNotice, BulkRefusal } from '../../model/scan-result.ts';
import { countOf, quoted } from './phrases.ts';

export function bulkNoticeText({ mountPoint, refusal, damaged }: BulkNotice): string {
  const place = quoted(mountPoint);
  if (refusal) return `${place} was walked, not read in bulk: ${reasonText(refusal)}`;
  const directories = countOf(damaged, 'directory', 'directories');
  return `${directories} of ${place} did not read as ext4 writes them and were asked of the kernel; fsck may find damage`;
}

function reasonText(refusal: BulkRefusal): string {
  switch (refusal.code) {
    case 'other-type':
      return `it is ${refusal.type}`;
    case 'device-unreadable':
      return 'its block device cannot be read here (root only, and not from a container)';
    case 'implausible':
      return 'its superblock or group descriptors do not read as ext4';
    case 'feature':
      return `it has features that are not known here (${refusal.word} 0x${refusal.bits.toString(16)})`;
    case 'mount-option':
      return `it is mounted with ${refusal.option}`;
    case 'held-back':
      return 'the kernel is set to write late, so that the disk says less than there is';
    case 'memory':
      return 'its inode tables are too large for the memory that is free';
  }
}
