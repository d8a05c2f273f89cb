#include <string.h>

#include "hilbench_protocol.h"

void hb_upload_begin(hb_upload* upload, uint8_t* memory, uint32_t total) {
  upload->memory = memory;
  upload->total = total;
  upload->have = 0;
}

bool hb_upload_take(hb_upload* upload, uint32_t offset, const uint8_t* data, size_t length) {
  if (offset > upload->total || length > upload->total - offset) {
    return false;
  }
  if (offset > upload->have) {
    return true;
  }
  memcpy(upload->memory + offset, data, length);
  uint32_t end = offset + (uint32_t)length;
  if (end > upload->have) {
    upload->have = end;
  }
  return true;
}

bool hb_upload_whole(const hb_upload* upload) { return upload->total > 0 && upload->have == upload->total; }

uint32_t hb_upload_crc(const hb_upload* upload) { return hb_crc32(0, upload->memory, upload->have); }

void hb_upload_end(hb_upload* upload) { upload->total = upload->have = 0; }
