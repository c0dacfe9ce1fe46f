/** What services gather: recordings, mirrors, records of networks and machines; their own limits give it back. */
import type { CollectionStore } from '../../model/store-name.ts';
import type { StoreEntry } from './store-entry.ts';

export const collections: readonly (StoreEntry & { readonly store: CollectionStore })[] = [
  {
    store: 'frigate',
    marks: ['clips exports recordings'],
    extent: /^(?:recordings|clips|exports|frigate\.db.*)$/u,
    parts: [['content', '*']],
    levers: [{ command: 'du -sh {store}/recordings', does: 'shows' }],
    source: 'docs.frigate.video: Recording (retain days), file system layout',
  },
  {
    store: 'zoneminder',
    marks: ['events/[0-9]*/[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]/[0-9]*'],
    extent: /^(?:events|images)$/u,
    parts: [['content', 'events/*']],
    levers: [{ command: 'zmaudit.pl --report', does: 'shows' }],
    source: 'zoneminder.readthedocs.io: Filters (PurgeWhenFull), zmaudit.pl',
  },
  {
    store: 'asterisk-spool',
    marks: ['monitor outgoing voicemail', 'monitor voicemail', 'outgoing voicemail'],
    programs: ['asterisk'],
    parts: [['content', '*']],
    levers: [{ command: 'du -sh {store}/monitor', does: 'shows' }],
    source: 'docs.asterisk.org: Directory and File Structure (astspooldir), MixMonitor',
  },
  {
    store: 'package-mirror',
    marks: ['dists pool', 'repodata/repomd.xml'],
    parts: [
      ['package', 'pool/*'],
      ['package', '*'],
    ],
    levers: [{ command: 'du -sh {store}', does: 'shows' }],
    source:
      'wiki.debian.org: DebianRepository/Format (dists, pool); createrepo_c(8) (repodata); apt-mirror(1)',
  },
  {
    store: 'netflow',
    marks: ['nfcapd.[0-9]*', 'nfcapd.current*'],
    extent: /^(?:nfcapd\..*|\.nfstat|\d{4})$/u,
    programs: ['nfcapd'],
    levers: [{ command: 'nfexpire -l {store}', does: 'shows' }],
    source: 'nfcapd(1), nfexpire(1)',
  },
  {
    store: 'machine-records',
    marks: ['atop_[0-9]*', 'sa[0-9][0-9]', '[0-9]*.meta [0-9]*.index [0-9]*.0'],
    extent: /^(?:atop_\d{8}.*|sar?\d{2}.*|sa\d{8}.*|\d{8}.*\.(?:\d+|meta|index)(?:\.\w+)?|Latest)$/u,
    programs: ['atop', 'sadc', 'pmlogger'],
    levers: [{ command: 'ls -lt {store}', does: 'shows' }],
    source: 'atop(1) (LOGGENERATIONS), sysstat(5) (HISTORY), pmlogger_daily(1) (PCP_CULLAFTER)',
  },
  {
    store: 'round-robin-databases',
    marks: ['*.rrd'],
    extent: /\.rrd$/u,
    begins: { '*.rrd': /^RRD\0/u },
    programs: ['rrdcached'],
    levers: [{ command: 'rrdtool info FILE', does: 'shows' }],
    source: 'rrdtool.org: rrdcreate (a file never grows), rrdinfo',
  },
  {
    store: 'vector-buffer',
    marks: ['buffer/v2/*', 'v2/*/buffer-data-[0-9]*.dat'],
    extent: /^(?:buffer|v2)$/u,
    programs: ['vector'],
    parts: [
      ['queue', 'buffer/v2/*'],
      ['queue', 'v2/*'],
    ],
    levers: [{ command: 'vector top', does: 'shows' }],
    source: 'vector.dev/docs: Buffering (disk buffers, max_size), data_dir',
  },
  {
    store: 'syslog-queue',
    // rsyslog's *.qi says where a queue begins and ends; syslog-ng's disk buffers begin with SLRQ or SLQF.
    marks: ['*.qi *.[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]', '*.rqf', '*.qf'],
    begins: { '*.rqf': /^SLR/u, '*.qf': /^SLQ/u },
    extent: /\.(?:qi|\d{8}|r?qf)$/u,
    programs: ['rsyslogd', 'syslog-ng'],
    levers: [{ command: 'ls -la {store}', does: 'shows' }],
    source:
      'rsyslog.com: Disk-Assisted Queues (queue.maxDiskSpace); syslog-ng documentation: disk-buffer(), dqtool',
  },
  {
    store: 'wazuh',
    marks: ['etc/ossec.conf logs', 'active-response etc ruleset'],
    parts: [
      ['archived-log', 'logs/archives'],
      ['log', 'logs/alerts'],
      ['database', 'queue'],
      ['log', 'logs'],
    ],
    levers: [{ command: 'grep -n logall {store}/etc/ossec.conf', does: 'shows' }],
    source: 'documentation.wazuh.com: Event logging (logall, archives), Log data retention',
  },
  {
    store: 'build-roots',
    marks: ['aptcache base.tgz', 'aptcache build result', '*/root_cache'],
    extent: /^(?:aptcache|base.*\.tgz|build|result|ccache|.*-(?:x86_64|aarch64|i[36]86|ppc64le|s390x))$/u,
    parts: [['cache', '*']],
    levers: [
      { command: 'pbuilder clean', loses: 'regenerable' },
      { command: 'mock --scrub=all', loses: 'regenerable' },
    ],
    source: 'pbuilder(8) clean, mock(1) --scrub',
  },
];
