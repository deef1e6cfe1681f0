/*
 * Stands in for powershell.exe under Wine, which has none: answers the one query that the library makes, for the list of
 * processes. `-EncodedCommand` is decoded, so that a query that is not for processes prints nothing.
 */
#include <windows.h>
#include <winternl.h>
#include <stdio.h>
#include <stdlib.h>
#include <tlhelp32.h>

typedef NTSTATUS(NTAPI *Query)(HANDLE, int, PVOID, ULONG, PULONG);

static int digit(wchar_t c) {
  const char *table = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const char *found = c == 0 || c > 127 ? NULL : strchr(table, (char)c);
  return found == NULL ? -1 : (int)(found - table);
}

/* The script, as the single bytes of its UTF-16: it is all ASCII. */
static char *script(const wchar_t *line) {
  const wchar_t *at = wcsstr(line, L"-EncodedCommand ");
  char *text = calloc(wcslen(line) + 1, 1);
  int bits = 0, count = 0, length = 0, index = 0;
  if (at == NULL) return text;
  for (at += 16; digit(*at) >= 0; at += 1) {
    bits = (bits << 6 | digit(*at)) & 0xffffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    if (index++ % 2 == 0) text[length++] = (char)(bits >> count & 0xff);
  }
  return text;
}

static void quoted(const wchar_t *text, int length) {
  putchar('"');
  for (int i = 0; i < length; i += 1) {
    if (text[i] == '"' || text[i] == '\\') printf("\\%c", text[i]);
    else if (text[i] < 32 || text[i] > 126) printf("\\u%04x", text[i]);
    else putchar(text[i]);
  }
  putchar('"');
}

static int commandLine(HANDLE process, Query query, wchar_t *into, int room) {
  PROCESS_BASIC_INFORMATION facts;
  PEB peb;
  RTL_USER_PROCESS_PARAMETERS parameters;
  SIZE_T read;
  if (query == NULL || query(process, 0, &facts, sizeof facts, NULL) != 0) return 0;
  if (!ReadProcessMemory(process, facts.PebBaseAddress, &peb, sizeof peb, &read)) return 0;
  if (!ReadProcessMemory(process, peb.ProcessParameters, &parameters, sizeof parameters, &read)) return 0;
  int length = parameters.CommandLine.Length / 2;
  if (length > room) length = room;
  return ReadProcessMemory(process, parameters.CommandLine.Buffer, into, length * 2, &read) ? length : 0;
}

int main(void) {
  char *text = script(GetCommandLineW());
  if (strstr(text, "Win32_Process") == NULL) return 0;
  char *filter = strstr(text, "ProcessId=");
  DWORD wanted = filter == NULL ? 0 : (DWORD)atoi(filter + 10);
  Query query = (Query)(void *)GetProcAddress(GetModuleHandleA("ntdll.dll"), "NtQueryInformationProcess");
  HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
  PROCESSENTRY32W entry = {.dwSize = sizeof entry};
  int printed = 0;
  putchar('[');
  for (BOOL ok = Process32FirstW(snapshot, &entry); ok; ok = Process32NextW(snapshot, &entry)) {
    static wchar_t line[8192];
    int length = 0;
    unsigned long long ticks = 0;
    if (wanted != 0 && entry.th32ProcessID != wanted) continue;
    HANDLE process = OpenProcess(PROCESS_QUERY_INFORMATION | PROCESS_VM_READ, FALSE, entry.th32ProcessID);
    if (process != NULL) {
      FILETIME created, other;
      DWORD code;
      if (GetExitCodeProcess(process, &code) && code != STILL_ACTIVE) {
        CloseHandle(process);
        continue;
      }
      /* A FILETIME counts from 1601, .NET's ticks from the year 1. */
      if (GetProcessTimes(process, &created, &other, &other, &other))
        ticks = ((unsigned long long)created.dwHighDateTime << 32 | created.dwLowDateTime) + 504911232000000000ULL;
      length = commandLine(process, query, line, 8192);
      CloseHandle(process);
    }
    printf("%s{\"ProcessId\":%lu,\"ParentProcessId\":%lu,\"CommandLine\":", printed++ ? "," : "",
           (unsigned long)entry.th32ProcessID, (unsigned long)entry.th32ParentProcessID);
    if (length > 0) quoted(line, length);
    else printf("null");
    if (ticks > 0) printf(",\"Started\":\"%llu\"}", ticks);
    else printf(",\"Started\":null}");
  }
  puts("]");
  return 0;
}
