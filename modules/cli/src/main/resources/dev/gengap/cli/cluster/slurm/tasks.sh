# Each task of the array is one node of Gengap's cluster. Task 0 also submits the experiment and,
# where none is given, runs the broker. What tasks must know of one another is in files of $job.
#
#   GENGAP_HOST               what the other machines call this one (default: its full name)
#   GENGAP_PATIENCE_SECONDS   how long to wait for task 0's broker (default: 3600)
#   GENGAP_BEAT_SECONDS       how often to look (default: 5)
set -uo pipefail

task=$SLURM_ARRAY_TASK_ID
job=$shared/job-$SLURM_ARRAY_JOB_ID
host=${GENGAP_HOST:-$(hostname -f 2> /dev/null || hostname)}
patience=${GENGAP_PATIENCE_SECONDS:-3600}
beat=${GENGAP_BEAT_SECONDS:-5}
asked='' asked_at=0 node='' broker='' submitting='' address=''

say() { printf '%s gengap: task %s: %s\n' "$(date -u +%FT%TZ)" "$task" "$1" >&2; }

# In one step, so that no reader sees half of it.
publish() { printf '%s\n' "$2" > "$job/$1.part" && mv -f "$job/$1.part" "$job/$1"; }

alive() { [[ -n $1 ]] && kill -0 "$1" 2> /dev/null; }

# Traps call it.
# shellcheck disable=SC2317
ask() { [[ -n $asked ]] || { asked=$1 asked_at=$SECONDS; }; }

# A signal ends the wait; sleep alone would hold it up.
rest() {
  sleep "$1" &
  local sleeper=$!
  wait "$sleeper"
  kill "$sleeper" 2> /dev/null && wait "$sleeper" 2> /dev/null
}

# The sign that this task has a node, for task 0.
sign() { [[ -z $node ]] || : > "$job/tasks/$task"; }

# A rest, after which what was asked is done.
pause() {
  sign
  rest "$beat"
  [[ -z $asked ]] || stop
}

# Ends a child: asked first, then not.
end() {
  local pid=$1 last=$((SECONDS + $2))
  kill -TERM "$pid" 2> /dev/null
  while alive "$pid" && ((SECONDS < last)); do
    sign
    rest 0.2
  done
  kill -KILL "$pid" 2> /dev/null
  wait "$pid" 2> /dev/null
}

end_node() {
  [[ -z $node ]] || end "$node" 70
  node=''
  rm -f "$job/tasks/$task"
}

leave() {
  end_node
  [[ -z $submitting ]] || end "$submitting" 5
  submitting=''
  if [[ -n $broker ]]; then
    rm -f "$job/broker"
    end "$broker" 20
    broker=''
  fi
}

die() {
  say "$1"
  exit "${2:-1}"
}

# What task 0 alone can do has failed: the others need not wait for it.
fail() {
  publish failed "$1"
  die "$1" "${2:-1}"
}

# Whether another task has a node: its sign is taken away, and comes back. No clocks are compared.
others_run() {
  find "$job/tasks" -type f ! -name "$task" -delete
  for _ in 1 2 3 4; do rest "$beat"; done
  [[ -n $(find "$job/tasks" -type f ! -name "$task") ]]
}

# Asked by a signal. Nodes write out resume points before they end. So the broker outlives those of the
# others, who end theirs once its file has gone; SIGKILL follows SIGTERM after 30 s by default.
stop() {
  say "SIG$asked: stops"
  local last=$((asked_at + 60))
  [[ $asked == USR1 ]] || last=$((asked_at + 15))
  [[ -z $broker ]] || rm -f "$job/broker"
  end_node
  while alive "$broker" && ((SECONDS < last)) && others_run; do :; done
  leave
  [[ $asked == USR1 ]] || exit 143
  scontrol requeue "$SLURM_JOB_ID" || die 'scontrol requeue failed; sbatch of the same file carries on'
  exit 0
}

start_broker() {
  : > "$job/broker.out"
  GENGAP_LOG=$shared/logs/$SLURM_ARRAY_JOB_ID-broker.log \
    "$gengap" broker "$shared/broker" --host "$host" > "$job/broker.out" &
  broker=$!
  while address=$(sed -n 's/^export GENGAP_BOOTSTRAP=//p' "$job/broker.out") && [[ -z $address ]]; do
    alive "$broker" || broker_ended
    pause
  done
}

broker_ended() {
  wait "$broker"
  fail "the broker over $shared/broker ended with code $?"
}

submit() {
  "$gengap" submit "$experiment" --bootstrap "$address" "${client_options[@]}" &
  submitting=$!
  while alive "$submitting"; do pause; done
  wait "$submitting"
  local code=$?
  submitting=''
  ((code == 0)) || fail "gengap submit $experiment ended with code $code" "$code"
  publish submitted "$experiment"
}

# Waits for a file of task 0's.
await() {
  local last=$((SECONDS + patience))
  until [[ -s $job/$1 ]]; do
    [[ ! -e $job/ended ]] || exit 0
    [[ ! -e $job/failed ]] || die "task 0 failed: $(cat "$job/failed")"
    ((SECONDS < last)) ||
      die "no file $job/$1 within $patience s (expected: task 0 runs); sbatch of the same file carries on"
    pause
  done
}

# Whether the broker has ended or serves elsewhere. What cannot be read just now says nothing.
moved() {
  [[ -e $job/broker ]] || return 0
  local now
  now=$(cat "$job/broker" 2> /dev/null)
  [[ -n $now && $now != "$address" ]]
}

start_node() {
  await broker
  await submitted
  address=$(cat "$job/broker")
  GENGAP_LOG=$shared/logs/$SLURM_ARRAY_JOB_ID-$task.log \
    "$gengap" node --bootstrap-file "$job/broker" --host "$host" \
    --runs "$shared/runs" --until-idle "${client_options[@]}" "${node_options[@]}" &
  node=$!
}

# Runs the node until all experiments have ended. It is started again where the broker went
# elsewhere, and three times where it fails otherwise than by bad input.
run_node() {
  local failures=0 code
  while :; do
    start_node
    while alive "$node"; do
      [[ -z $broker ]] || alive "$broker" || broker_ended
      if moved; then
        say "the broker has left $address"
        end_node
        continue 2
      fi
      pause
    done
    wait "$node"
    code=$?
    node=''
    rm -f "$job/tasks/$task"
    ((code != 0)) || return 0
    moved && continue
    say "the node ended with code $code"
    ((code != 2 && ++failures <= 3)) || return "$code"
  done
}

trap leave EXIT
trap 'ask USR1' USR1
trap 'ask TERM' TERM INT
[[ ! -e $job/ended ]] || exit 0
mkdir -p "$job/tasks" "$shared/logs" || die "$job: cannot be written"

if [[ $task == 0 ]]; then
  rm -f "$job/failed"
  address=$bootstrap
  if [[ -z $bootstrap ]]; then
    rm -f "$job/broker"
    start_broker
  fi
  publish broker "$address"
  [[ -e $job/submitted ]] || submit
fi
run_node
code=$?
((code != 0)) || publish ended "$experiment"
# The others end by themselves, and need the broker until then.
while alive "$broker" && others_run; do
  [[ -z $asked ]] || stop
done
exit "$code"
