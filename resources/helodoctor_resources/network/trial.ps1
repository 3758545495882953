# @intro@
# @harmless@
# @back@
& {
    $server = @HOST@
    $port = @PORT@
    $name = @NAME@
    $from = @FROM@
    $to = @TO@
    $mode = @TLS@
    $stop = @STOP@
    $seconds = @SECONDS@

    function Stop-Trial($why) { Write-Host "! $why"; throw [OperationCanceledException]::new() }

    # @reply@
    function Read-Line {
        $bytes = New-Object System.Collections.Generic.List[byte]
        while ($true) {
            if ([DateTime]::UtcNow -gt $script:end) { Stop-Trial 'timeout' }
            try { $byte = $script:stream.ReadByte() } catch {
                $reset = $_.Exception.GetBaseException().SocketErrorCode -eq 'ConnectionReset'
                if ($reset) { Stop-Trial 'reset' } else { Stop-Trial 'timeout' }
            }
            if ($byte -lt 0) { Stop-Trial 'closed' }
            if ($byte -eq 10) { break }
            if ($bytes.Count -lt 4096) { $bytes.Add([byte]$byte) }
        }
        ([Text.Encoding]::UTF8.GetString($bytes.ToArray()) -replace '[\x00-\x08\x0a-\x1f\x7f]', '')
    }
    function Read-Reply {
        for ($count = 1; $true; $count++) {
            $line = Read-Line
            Write-Host "< $line"
            if ($line -notmatch '^([2-5][0-9][0-9])([ -]|$)') { Stop-Trial 'not-smtp' }
            $script:code = $Matches[1]
            if ($Matches[2] -ne '-') { return }
            if ($count -ge 200) { Stop-Trial 'too-many-lines' }
        }
    }
    function Send-Command($text) {
        Write-Host "> $text"
        $bytes = [Text.Encoding]::ASCII.GetBytes($text + "`r`n")
        try { $script:stream.Write($bytes, 0, $bytes.Length) } catch { Stop-Trial 'closed' }
        Read-Reply
    }
    function Start-Encryption {
        $any = [System.Net.Security.RemoteCertificateValidationCallback] { $true }
        $encrypted = New-Object System.Net.Security.SslStream($script:stream, $false, $any)
        try { $encrypted.AuthenticateAsClient($server, $null, 'Tls12', $false) } catch { Stop-Trial 'tls-failed' }
        $script:stream = $encrypted
    }
    function Test-Accepted { $script:code -like '2*' }

    # @talk@
    $peer = if ($server -like '*:*') { "[$server]:$port" } else { "${server}:$port" }
    Write-Host "# Trial of ${peer} by HELO Doctor"
    $script:end = [DateTime]::UtcNow.AddSeconds($seconds)
    $client = New-Object System.Net.Sockets.TcpClient
    if ($server -like '*:*') { $client = New-Object System.Net.Sockets.TcpClient([System.Net.Sockets.AddressFamily]::InterNetworkV6) }
    try {
        try {
            if (-not $client.ConnectAsync($server, $port).Wait($seconds * 1000)) { Stop-Trial 'connect-timeout' }
        } catch [OperationCanceledException] { throw } catch {
            Stop-Trial "connect $($_.Exception.GetBaseException().SocketErrorCode)"
        }
        $script:stream = $client.GetStream()
        $script:stream.ReadTimeout = $seconds * 1000
        if ($mode -eq 'implicit') { Start-Encryption }
        Read-Reply
        if ($script:code -eq '220') {
            Send-Command "EHLO $name"
            if (-not (Test-Accepted) -and $script:code -ne '421') { Send-Command "HELO $name" }
            if ($mode -eq 'required' -and (Test-Accepted)) {
                Send-Command 'STARTTLS'
                if ($script:code -ne '220') { Stop-Trial 'starttls-refused' }
                Start-Encryption
                Send-Command "EHLO $name"
            }
            if ($stop -eq 'rcpt' -and (Test-Accepted)) {
                Send-Command "MAIL FROM:<$from>"
                if (Test-Accepted) {
                    Send-Command "RCPT TO:<$to>"
                    Send-Command 'RSET'
                }
            }
        }
        Send-Command 'QUIT'
    } catch [OperationCanceledException] {
    } finally {
        $client.Close()
    }
}
