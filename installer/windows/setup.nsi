; The setup for one user: no administrator, no network. build.py gives the values (/D...) and writes what it includes:
; texts.nsh (the sentences in every language) and files.nsh (what is installed, and how it is taken away).
; Exit codes: 0 done, 1 cancelled, 2 not done (see the log), 4 the program is running, 5 Windows is too old.
; Options: /S silent, /D=FOLDER (last), /DESKTOP an icon on the desktop, /LOG=FILE (else %TEMP%\helodoctor-setup.log).

Unicode true
SetDateSave off   ; two builds of one commit are the same; nobody needs the time a file was packed
Target amd64-unicode
!ifdef FAST
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS Win10
Name "${NAME}"
OutFile "${OUTFILE}"
InstallDir "$LOCALAPPDATA\Programs\${FOLDER}"
InstallDirRegKey HKCU "Software\${KEY}" "Folder"
BrandingText " "
CRCCheck force

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${KEY}"
!define EXIT_RUNNING 4
!define EXIT_OLD_WINDOWS 5

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_WELCOMEPAGE_TEXT "$(WELCOME)"
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "Software\${KEY}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "Language"
!define MUI_COMPONENTSPAGE_SMALLDESC
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW}.exe"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(KEEPS)"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

!include texts.nsh
!insertmacro MUI_RESERVEFILE_LANGDLL

VIProductVersion "${QUAD}"
VIAddVersionKey /LANG=1033 "ProductName" "${NAME}"
VIAddVersionKey /LANG=1033 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "FileDescription" "${NAME} Setup"
VIAddVersionKey /LANG=1033 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "CompanyName" "${PUBLISHER}"
VIAddVersionKey /LANG=1033 "LegalCopyright" "${PUBLISHER}, MIT License"

!ifdef SIGN
  !finalize '${SIGN} "%1"' = 0
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

Var LogFile
Var Updating

!macro Log TEXT
  FileOpen $R9 $LogFile a
  FileSeek $R9 0 END
  FileWrite $R9 "${TEXT}$\r$\n"
  FileClose $R9
!macroend
!define Log "!insertmacro Log"

; Windows does not let a running program's file be opened for writing.
!macro RefuseWhileRunning PROGRAM
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}.exe"
    ClearErrors
    FileOpen $R0 "$INSTDIR\${PROGRAM}.exe" a
    ${DoWhile} ${Errors}
      ${Log} "${PROGRAM}.exe is running; nothing has been changed"
      ${If} ${Silent}
        SetErrorLevel ${EXIT_RUNNING}
        Quit
      ${EndIf}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" IDRETRY +3
        SetErrorLevel ${EXIT_RUNNING}
        Quit
      ClearErrors
      FileOpen $R0 "$INSTDIR\${PROGRAM}.exe" a
    ${Loop}
    FileClose $R0
  ${EndIf}
!macroend

!macro OpenLog
  ${GetParameters} $R1
  ClearErrors
  ${GetOptions} $R1 "/LOG=" $LogFile
  ${If} ${Errors}
    StrCpy $LogFile "$TEMP\${PACKAGE}-setup.log"
  ${EndIf}
!macroend

Section "$(PROGRAM)" SecProgram
  SectionIn RO
  !insertmacro RefuseWhileRunning "${WINDOW}"
  !insertmacro RefuseWhileRunning "${TERMINAL}"
  ${If} ${FileExists} "$INSTDIR\uninstall.exe"
    ReadRegStr $R2 HKCU "${UNINSTALL}" "DisplayVersion"
    ${Log} "replacing version $R2"
    ExecWait '"$INSTDIR\uninstall.exe" /S /UPDATE /LOG=$LogFile _?=$INSTDIR' $R3
    ${If} $R3 <> 0
      ${Log} "the version before could not be taken away (exit code $R3)"
      SetErrorLevel 2
      Abort
    ${EndIf}
  ${EndIf}
  SetOverwrite on
  ClearErrors
  !insertmacro InstallFiles
  ${If} ${FileExists} "$EXEDIR\profile.toml"
    CopyFiles /SILENT "$EXEDIR\profile.toml" "$INSTDIR\profile.toml"
    ${Log} "the organisation's profile was taken from beside the setup"
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    ${Log} "a file could not be written to $INSTDIR"
    SetErrorLevel 2
    Abort
  ${EndIf}

  WriteRegStr HKCU "Software\${KEY}" "Folder" "$INSTDIR"
  WriteRegStr HKCU "Software\Classes\.${SUFFIX}" "" "${CLASS}"
  WriteRegStr HKCU "Software\Classes\.${SUFFIX}" "Content Type" "${MIME}"
  WriteRegStr HKCU "Software\Classes\.${SUFFIX}\OpenWithProgids" "${CLASS}" ""
  WriteRegStr HKCU "Software\Classes\${CLASS}" "" "$(CASE)"
  WriteRegStr HKCU "Software\Classes\${CLASS}\DefaultIcon" "" "$INSTDIR\${WINDOW}.exe,0"
  WriteRegStr HKCU "Software\Classes\${CLASS}\shell\open\command" "" '"$INSTDIR\${WINDOW}.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${WINDOW}.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1

  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${WINDOW}.exe"
  ${Log} "version ${VERSION} was installed to $INSTDIR"
SectionEnd

Section /o "$(DESKTOP)" SecDesktop
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${WINDOW}.exe"
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${SecProgram} "$(PROGRAM_TELLS)"
  !insertmacro MUI_DESCRIPTION_TEXT ${SecDesktop} "$(DESKTOP_TELLS)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Function .onInit
  SetRegView 64
  !insertmacro OpenLog
  !insertmacro MUI_LANGDLL_DISPLAY
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} 17763
    ${Log} "Windows is older than 10, version 1809; nothing has been changed"
    MessageBox MB_OK|MB_ICONSTOP "$(OLD_WINDOWS)" /SD IDOK
    SetErrorLevel ${EXIT_OLD_WINDOWS}
    Quit
  ${EndIf}
  ${GetParameters} $R1
  ClearErrors
  ${GetOptions} $R1 "/DESKTOP" $R2
  ${IfNot} ${Errors}
  ${OrIf} ${FileExists} "$DESKTOP\${NAME}.lnk"
    !insertmacro SelectSection ${SecDesktop}
  ${EndIf}
FunctionEnd

Section "Uninstall"
  !insertmacro RefuseWhileRunning "${WINDOW}"
  !insertmacro RefuseWhileRunning "${TERMINAL}"
  !insertmacro RemoveFiles
  ${If} $Updating == 1
    ${Log} "the files of the version before were taken away"
    Return
  ${EndIf}
  Delete "$INSTDIR\profile.toml"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  ReadRegStr $R2 HKCU "Software\Classes\.${SUFFIX}" ""
  ${If} $R2 == "${CLASS}"
    DeleteRegKey HKCU "Software\Classes\.${SUFFIX}"
  ${EndIf}
  DeleteRegKey HKCU "Software\Classes\${CLASS}"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\${KEY}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  ${Log} "the program was taken away; the cases in $LOCALAPPDATA\${DATA} stay"
SectionEnd

Function un.onInit
  SetRegView 64
  !insertmacro OpenLog
  ClearErrors
  ${GetOptions} $R1 "/UPDATE" $R2
  ${IfNot} ${Errors}
    StrCpy $Updating 1
  ${EndIf}
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd
