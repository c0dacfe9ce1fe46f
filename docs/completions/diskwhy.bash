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
      --exclude|--threads|--source|--top|--depth|--min-size|--color|--fail-if|--warn-if|--for|--rate|--grown|--interval|--exec|--older|--age-by|--keep|--apply|--restore|--purge|--journal|--bytes-read) skip=1 ;;
      -*|=) ;;
      *) [[ $command ]] || command=$word ;;
    esac
  done
  [[ $dashes ]] && return
  if [[ $skip ]]; then
    case $option in
      --source) candidates='auto walk portable ext4 xfs' ;;
      --color) candidates='auto always never' ;;
      --apply) return ;;
      --restore) return ;;
      --purge) return ;;
      --journal) return ;;
      *) compopt +o default ;;
    esac
  else
    case $command in watch|tmp|log|free|help|completion|config) ;; '') command=explain candidates='watch tmp log free help completion config' ;; *) command=explain ;; esac
    if [[ $cur == -* ]]; then
      case $command in
        explain) candidates='--exclude --cross-mounts --filesystem --owners --threads --source --json --ndjson --top --depth --min-size --apparent --bytes --color --no-color --quiet -q --fail-if --warn-if --check --for --fail-on-finding --help -h --version -V' ;;
        watch) candidates='--rate --grown --interval --for --once --exec --exclude --cross-mounts --json --top --apparent --bytes --color --no-color --quiet -q --fail-if --warn-if --check --fail-on-alarm --help -h --version -V' ;;
        tmp) candidates='--older --min-size --age-by --keep --all-users --system --assume-unused --delete --dry-run -n --yes -y --apply --quarantine --restore --quarantined --purge --journal --no-journal --threads --source --json --top --bytes --color --no-color --quiet -q --help -h --version -V' ;;
        log) candidates='--bytes-read --whole --json --top --bytes --color --no-color --quiet -q --help -h --version -V' ;;
        free) candidates='--yes -y --apply --exclude --threads --source --json --top --bytes --color --no-color --quiet -q --help -h --version -V' ;;
        help) candidates='--help -h --version -V' ;;
        completion) candidates='--help -h --version -V' ;;
        config) candidates='--help -h --version -V' ;;
      esac
    elif [[ $candidates ]]; then compopt -o plusdirs
    else
      case $command in
        help) candidates='explain watch tmp log free help completion config sizes conditions exit-codes json settings'; compopt +o default ;;
        completion) candidates='bash zsh fish'; compopt +o default ;;
        config) candidates='explain watch tmp log free'; compopt +o default ;;
      esac
    fi
  fi
  for word in $candidates; do
    [[ $word == "$cur"* ]] && COMPREPLY+=("$word")
  done
}
complete -o default -F _diskwhy diskwhy
