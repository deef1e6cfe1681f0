/* The least that an aerender can do: prints a short log, and writes a picture of one pixel to `-output`. */
#include <stdio.h>
#include <string.h>

static const unsigned char PNG[] = {
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 31, 21, 196, 137,
    0, 0, 0, 13, 73, 68, 65, 84, 120, 218, 99, 100, 248, 207, 80, 15, 0, 3, 134, 1, 128, 90, 52, 125, 107, 0, 0, 0, 0, 73,
    69, 78, 68, 174, 66, 96, 130};

int main(int count, char **arguments) {
  const char *output = NULL;
  for (int i = 1; i + 1 < count; i += 1)
    if (strcmp(arguments[i], "-output") == 0) output = arguments[i + 1];
  puts("aerender version 26.0x67\nPROGRESS: Launching After Effects...\nPROGRESS: After Effects successfully launched.");
  puts("PROGRESS:  Start: 0:00:00:00\nPROGRESS:  End: 0:00:00:24\nPROGRESS:  Duration: 0:00:01:00\n"
       "PROGRESS:  Frame Rate: 25.00 (comp)");
  for (int i = 0; i < 25; i += 1) printf("PROGRESS:  0:00:00:%02d (%d): 0 Seconds\n", i, i + 1);
  puts("PROGRESS:  Total Time Elapsed: 1 Seconds");
  if (output == NULL) return 2;
  char name[4096];
  const char *open = strchr(output, '['), *close = open == NULL ? NULL : strchr(open, ']');
  if (close == NULL) snprintf(name, sizeof name, "%s", output);
  else snprintf(name, sizeof name, "%.*s00000%s", (int)(open - output), output, close + 1);
  FILE *file = fopen(name, "wb");
  if (file == NULL) return 1;
  fwrite(PNG, 1, sizeof PNG, file);
  return fclose(file) == 0 ? 0 : 1;
}
