/** Stores of distributed filesystems and object stores: what lies in them is read and deleted through their own interface. */
import type { DistributedStore } from '../../model/store-name.ts';
import type { StoreEntry } from './store-entry.ts';

export const distributed: readonly (StoreEntry & { readonly store: DistributedStore })[] = [
  {
    store: 'hdfs-datanode',
    marks: ['current/BP-*', 'dfs/data/current', 'BP-*/current VERSION'],
    places: ['hadoop-temp'],
    parts: [['block', 'current/BP-*']],
    levers: [
      { command: 'hdfs dfsadmin -report', does: 'shows' },
      { command: 'hdfs dfs -expunge', loses: 'thrown-away', user: 'hdfs' },
    ],
    source: 'hadoop.apache.org: HDFS Architecture, FileSystem Shell (expunge), dfsadmin',
  },
  {
    store: 'hdfs-namenode',
    marks: ['current/fsimage_*', 'current/edits_*', 'fsimage_* VERSION'],
    parts: [['journal', 'current']],
    levers: [
      { command: 'hdfs dfsadmin -safemode enter', loses: 'uptime', user: 'hdfs' },
      { command: 'hdfs dfsadmin -saveNamespace', loses: 'nothing', user: 'hdfs' },
    ],
    source: 'hadoop.apache.org: HDFS Commands (saveNamespace), dfs.namenode.num.extra.edits.retained',
  },
  {
    store: 'minio',
    marks: ['.minio.sys', '.rustfs.sys'],
    programs: ['minio', 'rustfs'],
    parts: [
      ['garbage', '.minio.sys/tmp'],
      ['temporary', '.minio.sys/multipart'],
      ['bucket', '*'],
    ],
    levers: [
      { command: 'mc du --depth=2 ALIAS', does: 'shows' },
      { command: 'mc rm --incomplete --recursive --force --older-than 7d ALIAS/BUCKET', loses: 'leftovers' },
      { command: 'mc ilm rule add --expire-days 30 ALIAS/BUCKET' },
    ],
    source: 'min.io/docs: mc du, mc rm, mc ilm rule add',
  },
  {
    store: 'ceph-osd',
    marks: ['ceph_fsid whoami', 'ceph_fsid ready type', 'fsid whoami block', 'block bfm_blocks whoami'],
    programs: ['ceph-osd'],
    levers: [
      { command: 'ceph osd df', does: 'shows' },
      { command: 'ceph df detail', does: 'shows' },
    ],
    source: 'docs.ceph.com: ceph osd df, Troubleshooting OSDs (no free drive space)',
  },
  {
    store: 'ceph-monitor',
    marks: ['store.db kv_backend', 'store.db keyring'],
    programs: ['ceph-mon'],
    parts: [['database', 'store.db']],
    levers: [
      { command: 'ceph tell mon.ID compact', loses: 'nothing', needsRoom: true },
      { command: 'ceph health detail', does: 'shows' },
    ],
    source: 'docs.ceph.com: Troubleshooting Monitors (MON_DISK_LOW, compact)',
  },
  {
    store: 'glusterfs',
    marks: [
      '.glusterfs/indices',
      '.glusterfs/health_check',
      '.glusterfs/landfill',
      '.glusterfs/[0-9a-f][0-9a-f]',
    ],
    programs: ['glusterfsd'],
    parts: [
      ['garbage', '.glusterfs/landfill'],
      ['object', '.glusterfs'],
      ['directory', '*'],
    ],
    levers: [{ command: 'gluster volume status all detail', does: 'shows' }],
    source: 'docs.gluster.org: bricks, .glusterfs directory, gluster volume status',
  },
  {
    store: 'seaweedfs',
    marks: ['vol_dir.uuid'],
    programs: ['weed'],
    levers: [{ command: 'weed shell', does: 'shows' }],
    source: 'seaweedfs wiki: volume.vacuum, volume.list in weed shell',
  },
  {
    store: 'longhorn',
    marks: [
      'longhorn-disk.cfg replicas',
      'replicas/*/volume.meta',
      'volume-head-*.img volume.meta',
      '*/volume-head-*.img',
    ],
    parts: [
      ['replica', 'replicas/*'],
      ['backup', 'backingimages'],
    ],
    levers: [
      { command: 'kubectl -n longhorn-system get orphans', does: 'shows' },
      { command: 'kubectl -n longhorn-system get snapshots.longhorn.io', does: 'shows' },
    ],
    source: 'longhorn.io/docs: Orphaned Data Cleanup, snapshot space management',
  },
  {
    store: 'ipfs',
    marks: ['datastore_spec blocks', 'datastore_spec datastore'],
    programs: ['ipfs'],
    parts: [
      ['block', 'blocks'],
      ['database', 'datastore'],
    ],
    levers: [
      { command: 'ipfs repo gc', loses: 'regenerable' },
      { command: 'ipfs repo stat', does: 'shows' },
    ],
    source: 'docs.ipfs.tech: ipfs repo gc',
  },
  {
    store: 'swift',
    marks: ['objects async_pending', 'objects containers accounts'],
    parts: [
      ['object', 'objects'],
      ['garbage', 'quarantined'],
      ['database', 'containers'],
      ['database', 'accounts'],
    ],
    levers: [{ command: 'swift-recon --diskusage', does: 'shows' }],
    source: 'docs.openstack.org/swift: Administrator guide, swift-recon, fallocate_reserve',
  },
];
