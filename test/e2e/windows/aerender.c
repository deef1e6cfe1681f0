/*
 * A native aerender, since Node ends the children of a Node program with it. As aerender starts After Effects, it starts a
 * child that nobody else ends, which holds its pipes. The composition says what it does: `good` writes a picture and
 * leaves its child behind; `held` lets the child keep the picture open for a second, as an antivirus does; `slow` renders
 * until it is killed.
 */
#include <windows.h>
#include <stdio.h>
#include <string.h>

static const unsigned char PNG[] = {
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 31, 21, 196, 137,
    0, 0, 0, 13, 73, 68, 65, 84, 120, 218, 99, 100, 248, 207, 80, 15, 0, 3, 134, 1, 128, 90, 52, 125, 107, 0, 0, 0, 0, 73,
    69, 78, 68, 174, 66, 96, 130};

static const char *value(int count, char **arguments, const char *flag) {
  for (int i = 1; i + 1 < count; i += 1)
    if (strcmp(arguments[i], flag) == 0) return arguments[i + 1];
  return "";
}

/* Starts this program again, with our pipes. */
static void start(const char *what, const char *file) {
  char self[MAX_PATH], command[4 * MAX_PATH];
  GetModuleFileNameA(NULL, self, MAX_PATH);
  snprintf(command, sizeof command, "\"%s\" %s \"%s\"", self, what, file);
  STARTUPINFOA how = {.cb = sizeof how};
  PROCESS_INFORMATION child;
  CreateProcessA(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &how, &child);
}

int main(int count, char **arguments) {
  if (count > 1 && strcmp(arguments[1], "--child") == 0) {
    Sleep(600000);
    return 0;
  }
  if (count > 2 && strcmp(arguments[1], "--hold") == 0) {
    HANDLE file = CreateFileA(arguments[2], GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    SetEvent(OpenEventA(EVENT_MODIFY_STATE, FALSE, "aerender-batch-held"));
    Sleep(1000);
    CloseHandle(file);
    return 0;
  }
  char name[MAX_PATH];
  const int holds = strcmp(value(count, arguments, "-comp"), "held") == 0;
  if (!holds) start("--child", "");
  setvbuf(stdout, NULL, _IONBF, 0);
  printf("aerender version 26.0x67\r\nPROGRESS: Launching After Effects...\r\n");
  printf("PROGRESS: ...After Effects successfully launched\r\n");
  if (strcmp(value(count, arguments, "-comp"), "slow") == 0) {
    for (int i = 0; i < 600; i += 1) {
      printf("PROGRESS:  0:00:00:%02d (%d): 0 Seconds\r\n", i % 25, i + 1);
      Sleep(1000);
    }
  }
  const char *output = value(count, arguments, "-output");
  const char *open = strchr(output, '[');
  const char *close = open == NULL ? NULL : strchr(open, ']');
  if (close == NULL) return 1;
  snprintf(name, sizeof name, "%.*s00000%s", (int)(open - output), output, close + 1);
  FILE *file = fopen(name, "wb");
  if (file == NULL) return 1;
  fwrite(PNG, 1, sizeof PNG, file);
  fclose(file);
  if (holds) {
    HANDLE held = CreateEventA(NULL, TRUE, FALSE, "aerender-batch-held");
    start("--hold", name);
    WaitForSingleObject(held, 10000);
  }
  printf("PROGRESS:  0:00:00:00 (1): 0 Seconds\r\nPROGRESS:  Total Time Elapsed: 1 Seconds\r\n");
  return 0;
}
