/** What services gather. */
import type { CollectionStore } from '../../../model/store-name.ts';
import type { StoreWords } from './store-words.ts';

export const collections: Readonly<Record<CollectionStore, StoreWords>> = {
  frigate: {
    name: "recordings of Frigate's cameras",
    gives:
      'lower retain days of continuous, motion and alert recordings: Frigate deletes what is older every hour',
    never: 'never single files by hand while it runs: its database lists them',
  },
  zoneminder: {
    name: 'ZoneMinder events',
    gives:
      'let its filter PurgeWhenFull delete events from a lower share on, or delete events in its console',
    never: 'never events by hand: the database lists them; zmaudit.pl finds what it does not list',
  },
  'asterisk-spool': {
    name: 'calls and voicemail of Asterisk',
    gives:
      'recordings of calls lie in monitor/: keep them as long as the law and the contract ask, in a format that packs, then delete the oldest',
    never: 'never voicemail or outgoing by hand: they are messages and calls that wait',
  },
  'package-mirror': {
    name: 'mirror of a package repository',
    gives:
      'mirror fewer releases and architectures, then clean what no index names (apt-mirror writes var/clean.sh; reposync --delete; reprepro deleteunreferenced)',
    never: 'never single packages by hand: the index still names them and installations fail',
  },
  netflow: {
    name: 'network flow records',
    gives: 'limit size or age with nfexpire: it removes the oldest and keeps its statistics true',
    never: 'never the file that nfcapd writes now (nfcapd.current)',
  },
  'machine-records': {
    name: 'records of how the machine was used (atop, sysstat, PCP)',
    gives: 'keep fewer days (LOGGENERATIONS of atop, HISTORY of sysstat, PCP_CULLAFTER) or record less often',
    never: "never today's, which is being written",
  },
  'round-robin-databases': {
    name: 'round-robin databases (RRD)',
    gives:
      'a file has its whole size from the start and never grows: those of hosts and sensors that are gone may be removed in the program that drew them',
    never: 'never truncate one: it is unreadable then',
  },
  'vector-buffer': {
    name: 'events that Vector has not sent yet',
    gives: 'repair the sink that does not take them, and it empties; max_size of the buffer caps it',
    never: 'never by hand: they are events that nobody has yet',
  },
  'syslog-queue': {
    name: 'messages that the syslog server has not sent yet',
    gives:
      'repair the server they are for, and the queue empties; queue.maxDiskSpace or capacity-bytes() caps it',
    never: 'never by hand: they are messages that nobody has yet',
  },
  wazuh: {
    name: 'Wazuh alerts and archives',
    gives:
      'turn logall and logall_json off where nobody reads the archives; archives and alerts older than your rules ask for may then be moved or deleted by day',
    never: 'never queue/ by hand, nor alerts that are evidence',
  },
  'build-roots': {
    name: 'roots in which packages are built (pbuilder, mock)',
    gives: 'let the builder clear them while it builds nothing: it makes them anew, more slowly',
    never: 'never a root that is mounted in: what is bound into it would go too',
  },
};
