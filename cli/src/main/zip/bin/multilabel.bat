@echo off
rem Starts the command multilabel with the Java of JAVA_HOME, or else of PATH; README.txt says what else it reads.
setlocal DisableDelayedExpansion

if not defined JAVA_HOME goto path
set "JAVA=%JAVA_HOME:"=%\bin\java.exe"
if exist "%JAVA%" goto version
echo multilabel: JAVA_HOME is "%JAVA_HOME:"=%", which has no bin\java.exe: set it to a JDK or JRE of 17 or newer>&2
exit /b 1

:path
set "JAVA=java.exe"
where java.exe >nul 2>&1
if not errorlevel 1 goto version
echo multilabel: there is no java: install a JDK or JRE of 17 or newer and put it on PATH, or set JAVA_HOME>&2
exit /b 1

:version
set "VERSION="
for /f tokens^=2^ delims^=.^"-^+ %%v in ('^""%JAVA%" -version 2^>^&1 ^| findstr /c:" version "^"') do set "VERSION=%%v"
if not defined VERSION set "VERSION=0"
if %VERSION% geq 17 goto start
echo multilabel: "%JAVA%" does not start, or is too old; 17 or newer is needed:>&2
"%JAVA%" -version
exit /b 1

:start
rem PyTorch's threads that wait for each other by spinning are slow where other programs are busy.
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=PASSIVE"
rem DJL reports its start to its authors on EC2 unless told not to.
if not defined OPT_OUT_TRACKING set "OPT_OUT_TRACKING=true"
rem The console shows UTF-8 while the command runs, and what it showed before afterwards.
set "CODE_PAGE="
for /f "tokens=2 delims=:." %%c in ('chcp') do set "CODE_PAGE=%%c"
chcp 65001 >nul
"%JAVA%" --enable-native-access=ALL-UNNAMED -Dfile.encoding=UTF-8 %MULTILABEL_OPTS% ^
  -cp "%~dp0..\lib\*" io.github.multilabel.cli.Multilabel %*
set "CODE=%ERRORLEVEL%"
if defined CODE_PAGE chcp %CODE_PAGE% >nul
exit /b %CODE%
