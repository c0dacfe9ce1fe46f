# bash completion for diskwhy; diskwhy completion bash prints it
_diskwhy() {
  local cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= option= candidates= skip= dashes= word i
  COMPREPLY=()
  # bash takes --color=auto apart: three words.
  if [[ $cur == = ]]; then option=$before cur=
  elif [[ $before == = ]]; then option=${COMP_WORDS[COMP_CWORD-2]}
  else option=$before
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $skip && $word != = ]]; then skip=; continue; fi
    case $word in
      --) dashes=1; break ;;
      --from|--since|--exclude|--timeout|--threads|--source|--top|--depth|--min-size|--color|--output|-o|--fail-if|--warn-if|--for|--keep|--journal|--rate|--grown|--interval|--exec|--webhook|--listen|--older|--age-by|--apply|--restore|--purge|--bytes-read|--textfile|--every|--path-labels|--to|--host|--days|--until|--engine|--url|--httpfs|--keep-last|--keep-daily|--keep-weekly|--keep-bytes) skip=1 ;;
      -*|=) ;;
      *) [[ $command ]] || command=$word ;;
    esac
  done
  [[ $dashes ]] && return
  if [[ $skip ]]; then
    case $option in
      --from) return ;;
      --since) return ;;
      --source) candidates='auto walk portable ext4 xfs btrfs' ;;
      --color) candidates='auto always never' ;;
      --output|-o) return ;;
      --journal) return ;;
      --apply) return ;;
      --restore) return ;;
      --purge) return ;;
      --textfile) return ;;
      --to) return ;;
      --engine) candidates='duckdb clickhouse' ;;
      --httpfs) return ;;
      *) compopt +o default ;;
    esac
  else
    case $command in browse|watch|tmp|log|free|report|metrics|record|fleet|snapshot|diff|history|help|completion|config) ;; '') command=explain candidates='browse watch tmp log free report metrics record fleet snapshot diff history help completion config' ;; *) command=explain ;; esac
    if [[ $cur == -* ]]; then
      case $command in
        explain) candidates='--from --since --exclude --cross-mounts --filesystem --owners --timeout --threads --source --json --ndjson --html --top --depth --min-size --full --apparent --bytes --color --no-color --ascii --output -o --quiet -q --fail-if --warn-if --check --for --fail-on-finding --help -h --version -V' ;;
        browse) candidates='--keep --all-users --system --assume-unused --journal --no-journal --from --since --exclude --cross-mounts --timeout --threads --source --apparent --bytes --color --no-color --ascii --help -h --version -V' ;;
        watch) candidates='--rate --grown --interval --for --once --exec --webhook --listen --exclude --cross-mounts --timeout --json --top --apparent --bytes --color --no-color --ascii --output -o --quiet -q --fail-if --warn-if --check --fail-on-alarm --help -h --version -V' ;;
        tmp) candidates='--older --min-size --age-by --keep --all-users --system --assume-unused --delete --dry-run -n --yes -y --apply --quarantine --restore --quarantined --purge --journal --no-journal --timeout --threads --source --json --top --bytes --color --no-color --ascii --output -o --quiet -q --help -h --version -V' ;;
        log) candidates='--bytes-read --whole --timeout --json --top --bytes --color --no-color --ascii --output -o --quiet -q --help -h --version -V' ;;
        free) candidates='--yes -y --apply --exclude --timeout --threads --source --json --top --bytes --color --no-color --ascii --output -o --quiet -q --help -h --version -V' ;;
        report) candidates='--from --since --exclude --cross-mounts --filesystem --timeout --threads --source --output -o --quiet -q --help -h --version -V' ;;
        metrics) candidates='--from --textfile --listen --every --for --path-labels --exclude --cross-mounts --filesystem --timeout --threads --source --output -o --quiet -q --help -h --version -V' ;;
        record) candidates='--from --to --host --ndjson --exclude --cross-mounts --filesystem --timeout --threads --source --output -o --quiet -q --help -h --version -V' ;;
        fleet) candidates='--days --until --engine --url --httpfs --show-sql --json --top --bytes --color --no-color --ascii --output -o --help -h --version -V' ;;
        snapshot) candidates='--output -o --compress --keep --keep-last --keep-daily --keep-weekly --keep-bytes --exclude --cross-mounts --timeout --threads --source --bytes --color --no-color --ascii --quiet -q --help -h --version -V' ;;
        diff) candidates='--exclude --cross-mounts --timeout --threads --source --json --top --depth --apparent --bytes --color --no-color --ascii --output -o --quiet -q --help -h --version -V' ;;
        history) candidates='--timeout --json --top --depth --bytes --color --no-color --ascii --output -o --quiet -q --help -h --version -V' ;;
        help) candidates='--ascii --output -o --help -h --version -V' ;;
        completion) candidates='--output -o --help -h --version -V' ;;
        config) candidates='--output -o --help -h --version -V' ;;
      esac
    elif [[ $candidates ]]; then compopt -o plusdirs
    else
      case $command in
        help) candidates='explain browse watch tmp log free report metrics record fleet snapshot diff history help completion config sizes conditions exit-codes json settings'; compopt +o default ;;
        completion) candidates='bash zsh fish'; compopt +o default ;;
        config) candidates='explain browse watch tmp log free report metrics record fleet snapshot diff history'; compopt +o default ;;
      esac
    fi
  fi
  for word in $candidates; do
    [[ $word == "$cur"* ]] && COMPREPLY+=("$word")
  done
}
complete -o default -F _diskwhy diskwhy
