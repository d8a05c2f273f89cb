#include <string.h>

#include "hilbench_protocol.h"

void hb_upload_begin(hb_upload* upload, uint8_t* memory, uint32_t room, uint32_t total) {
  upload->memory = memory;
  upload->room = room;
  upload->base = 0;
  upload->total = total;
  upload->have = 0;
}

bool hb_upload_take(hb_upload* upload, uint32_t offset, const uint8_t* data, size_t length) {
  if (offset > upload->total || length > upload->total - offset) {
    return false;
  }
  uint32_t end = offset + (uint32_t)length;
  if (offset > upload->have || end <= upload->base || end - upload->base > upload->room) {
    return true;
  }
  uint32_t moved_on = offset < upload->base ? upload->base - offset : 0;
  memcpy(upload->memory + (offset + moved_on - upload->base), data + moved_on, length - moved_on);
  if (end > upload->have) {
    upload->have = end;
  }
  return true;
}

void hb_upload_move(hb_upload* upload, uint32_t count) {
  memmove(upload->memory, upload->memory + count, upload->have - upload->base - count);
  upload->base += count;
}

bool hb_upload_whole(const hb_upload* upload) { return upload->total > 0 && upload->have == upload->total; }

void hb_upload_end(hb_upload* upload) { upload->total = upload->have = upload->base = 0; }
