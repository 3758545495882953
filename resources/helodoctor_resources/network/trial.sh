#!/bin/sh
# @intro@
# @harmless@
# @back@
host=@HOST@
port=@PORT@
name=@NAME@
from=@FROM@
to=@TO@
mode=@TLS@
stop=@STOP@
seconds=@SECONDS@

# @way@
have() { command -v "$1" >/dev/null 2>&1; }
if [ "$mode" = implicit ]; then way=tls
elif [ "$mode" = required ]; then way=starttls
elif have bash; then way=bash
elif have nc; then way=nc
else way=starttls
fi

work=$(mktemp -d) || exit 1
pipe='' watch=''
trap 'kill $pipe $watch 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
trap '' PIPE
mkfifo "$work/to" "$work/from" || exit 1
case $host in *:*) peer="[$host]:$port" ;; *) peer="$host:$port" ;; esac

dial() {
    case $way in
    bash) exec bash -c '
        exec 4<&0 3<>"/dev/tcp/$0/$1" || exit 1
        cat <&4 >&3 & out=$!
        cat <&3 & in=$!
        trap "kill $out $in" TERM EXIT
        wait $in' "$host" "$port" ;;
    nc) exec nc "$host" "$port" ;;
    tls) exec openssl s_client -quiet -connect "$peer" ;;
    starttls) exec openssl s_client -quiet -starttls smtp -name "$name" -connect "$peer" ;;
    esac
}

printf '# Trial of %s by HELO Doctor\n' "$peer"
dial <"$work/to" >"$work/from" 2>"$work/error" &
pipe=$!
exec 3>"$work/to" 4<"$work/from"
( sleep "$seconds"; : >"$work/late"; kill "$pipe" ) >/dev/null 2>&1 3>&- 4<&- &
watch=$!

# @reply@
cr=$(printf '\r')
heard=''
give_up() { printf '! %s\n' "$1"; exit 1; }
reply() {
    count=0
    while IFS= read -r line <&4; do
        heard=yes
        count=$((count + 1))
        line=$(printf '%s' "${line%"$cr"}" | LC_ALL=C tr -d '\000-\010\012-\037\177' | LC_ALL=C cut -c 1-4096)
        printf '< %s\n' "$line"
        case $line in
        [2-5][0-9][0-9]-*) [ "$count" -lt 200 ] || give_up too-many-lines ;;
        [2-5][0-9][0-9] | [2-5][0-9][0-9]' '*) code=${line%"${line#???}"}; return ;;
        *) give_up not-smtp ;;
        esac
    done
    [ ! -e "$work/late" ] || { [ -n "$heard" ] && give_up timeout; give_up connect-timeout; }
    [ -n "$heard" ] || give_up "connect $(LC_ALL=C tr -cd '\040-\176' <"$work/error" | cut -c 1-300)"
    give_up closed
}
say() {
    printf '> %s\n' "$1"
    printf '%s\r\n' "$1" >&3 2>/dev/null
    reply
}
accepted() { case $code in 2??) return 0 ;; *) return 1 ;; esac }

# @talk@
if [ "$way" = starttls ]; then code=220; else reply; fi
if [ "$code" = 220 ]; then
    say "EHLO $name"
    accepted || [ "$code" = 421 ] || say "HELO $name"
    if accepted && [ "$stop" = rcpt ]; then
        say "MAIL FROM:<$from>"
        if accepted; then
            say "RCPT TO:<$to>"
            say RSET
        fi
    fi
fi
say QUIT
