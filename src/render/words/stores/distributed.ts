/** Distributed filesystems and object stores. */
import type { DistributedStore } from '../../../model/store-name.ts';
import type { StoreWords } from './store-words.ts';

export const distributed: Readonly<Record<DistributedStore, StoreWords>> = {
  'hdfs-datanode': {
    name: 'HDFS blocks',
    gives:
      'delete in HDFS (hdfs dfs -rm -skipTrash), empty its trash, lower replication; then run the balancer',
    never: 'never delete blk_* files by hand',
  },
  'hdfs-namenode': {
    name: 'HDFS namenode metadata',
    gives:
      'old edits go at a checkpoint: see that the secondary or standby makes them, or save the namespace',
    never: 'never delete fsimage or edits by hand: the whole filesystem hangs on them',
  },
  minio: {
    name: 'MinIO buckets',
    gives:
      'delete through S3 and give buckets a lifecycle rule; old versions and unfinished uploads count too; what lies in .minio.sys/tmp goes at a restart',
    never: 'never delete objects or .minio.sys on the disk itself',
  },
  'ceph-osd': {
    name: 'Ceph OSD',
    gives: 'delete in the cluster (rbd, rgw, cephfs), reweight or add OSDs',
    never: 'never delete files of an OSD by hand',
  },
  'ceph-monitor': {
    name: 'Ceph monitor store',
    gives:
      'it grows while the cluster is not healthy: repair that first; then have the monitor compact its store',
    never: 'never delete store.db by hand',
  },
  glusterfs: {
    name: 'GlusterFS brick',
    gives: 'delete through the mounted volume, never on the brick; then rebalance or add bricks',
    never: 'never delete on the brick or in .glusterfs: hard links there keep the data and the volume breaks',
  },
  seaweedfs: {
    name: 'SeaweedFS volumes',
    gives: 'delete through its filer or S3, then vacuum volumes in weed shell (volume.vacuum)',
    never: 'never delete .dat or .idx files by hand',
  },
  longhorn: {
    name: 'Longhorn replicas',
    gives:
      'delete old snapshots and orphaned replicas in Longhorn, and set a retention for recurring snapshots',
    never: 'never delete volume-*.img files by hand: the chain of a volume breaks',
  },
  ipfs: {
    name: 'IPFS repository',
    gives: 'let it collect blocks that nothing pins',
    never: 'never delete blocks by hand',
  },
  swift: {
    name: 'Swift objects',
    gives: 'delete in the cluster, or lower the weight of this device in the ring and let it rebalance',
    never: 'never delete .data or .ts files by hand: what another server lacks is nowhere else',
  },
};
