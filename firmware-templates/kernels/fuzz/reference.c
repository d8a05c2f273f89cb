#include "reference.h"

#include <math.h>

static int64_t power_of_two(int exponent) { return (int64_t)1 << exponent; }

// a * b / 2^31, the half added with the product's sign, the quotient truncated; saturated for the one product that
// overflows.
static int64_t doubling_high(int64_t a, int64_t b) {
  if (a == INT32_MIN && b == INT32_MIN) return INT32_MAX;
  const int64_t product = a * b;
  return (product + (product >= 0 ? power_of_two(30) : 1 - power_of_two(30))) / power_of_two(31);
}

// Nearest, ties away from zero, on the magnitude.
static int64_t divide_rounded(int64_t x, int exponent) {
  const int64_t magnitude = x < 0 ? -x : x;
  const int64_t quotient =
      exponent == 0 ? magnitude : (magnitude + power_of_two(exponent - 1)) / power_of_two(exponent);
  return x < 0 ? -quotient : quotient;
}

// As QuantizeMultiplier of TFLite's quantization_util.cc.
hb_multiplier ref_multiplier(float a, float b, float c, int32_t power) {
  int exponent;
  const double fraction = frexp(ldexp((double)a * (double)b / (double)c, power), &exponent);
  int64_t multiplier = llround(ldexp(fraction, 31));
  if (multiplier == power_of_two(31)) multiplier /= 2, exponent++;
  if (multiplier == 0) exponent = 0;
  if (exponent < -31) multiplier = 0, exponent = 0;
  const hb_multiplier m = {(int32_t)multiplier, exponent};
  return m;
}

int32_t ref_scale(int64_t sum, int32_t multiplier, int32_t shift) {
  const int left = shift > 0 ? shift : 0;
  return (int32_t)divide_rounded(doubling_high(sum * power_of_two(left), multiplier), left - shift);
}

static int8_t clamp(int64_t value, int32_t min, int32_t max) {
  return (int8_t)(value < min ? min : value > max ? max : value);
}

static int8_t requantized(int64_t sum, const hb_requant* r, int32_t scale) {
  return clamp((int64_t)ref_scale(sum, r->multiplier[scale], r->shift[scale]) + r->zero_point, r->min, r->max);
}

// Input at (y, x), or the zero point outside, offset added.
static int64_t input_at(const hb_conv_params* p, const int8_t* in, int32_t y, int32_t x, int32_t channel) {
  if (y < 0 || y >= p->in.height || x < 0 || x >= p->in.width) return 0;
  return in[(y * p->in.width + x) * p->in.channels + channel] + p->input_offset;
}

void ref_conv(const hb_conv_params* p, const int8_t* in, const int8_t* weights, const int32_t* bias, int8_t* out) {
  const hb_window* w = &p->window;
  const int32_t depth = p->in.channels / p->groups, per_group = p->out.channels / p->groups;
  for (int32_t oy = 0; oy < p->out.height; oy++)
    for (int32_t ox = 0; ox < p->out.width; ox++)
      for (int32_t oc = 0; oc < p->out.channels; oc++) {
        int64_t sum = bias ? bias[oc] : 0;
        for (int32_t ky = 0; ky < w->height; ky++)
          for (int32_t kx = 0; kx < w->width; kx++)
            for (int32_t ic = 0; ic < depth; ic++)
              sum += input_at(p, in, oy * w->stride_h - w->pad_top + ky * w->dilation_h,
                              ox * w->stride_w - w->pad_left + kx * w->dilation_w, oc / per_group * depth + ic) *
                     weights[((oc * w->height + ky) * w->width + kx) * depth + ic];
        out[(oy * p->out.width + ox) * p->out.channels + oc] = requantized(sum, &p->requant, oc);
      }
}

void ref_depthwise(const hb_conv_params* p, const int8_t* in, const int8_t* weights, const int32_t* bias, int8_t* out) {
  const hb_window* w = &p->window;
  const int32_t multiplier = p->out.channels / p->in.channels;
  for (int32_t oy = 0; oy < p->out.height; oy++)
    for (int32_t ox = 0; ox < p->out.width; ox++)
      for (int32_t oc = 0; oc < p->out.channels; oc++) {
        int64_t sum = bias ? bias[oc] : 0;
        for (int32_t ky = 0; ky < w->height; ky++)
          for (int32_t kx = 0; kx < w->width; kx++)
            sum += input_at(p, in, oy * w->stride_h - w->pad_top + ky * w->dilation_h,
                            ox * w->stride_w - w->pad_left + kx * w->dilation_w, oc / multiplier) *
                   weights[(ky * w->width + kx) * p->out.channels + oc];
        out[(oy * p->out.width + ox) * p->out.channels + oc] = requantized(sum, &p->requant, oc);
      }
}

void ref_fully_connected(const hb_fully_connected_params* p, const int8_t* in, const int8_t* weights,
                         const int32_t* bias, int8_t* out) {
  for (int32_t row = 0; row < p->rows; row++)
    for (int32_t o = 0; o < p->out; o++) {
      int64_t sum = bias ? bias[o] : 0;
      for (int32_t i = 0; i < p->in; i++)
        sum += (int64_t)(in[row * p->in + i] + p->input_offset) * (weights[o * p->in + i] + p->weight_offset);
      out[row * p->out + o] = requantized(sum, &p->requant, p->per_tensor ? 0 : o);
    }
}

static int64_t common_scale(int8_t value, const hb_scaled_input* s) {
  return ref_scale((value + s->offset) * power_of_two(20), s->multiplier, s->shift);
}

void ref_add(const hb_add_params* p, const int8_t* a, const int8_t* b, int8_t* out, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const int64_t sum = common_scale(a[i], &p->a) + common_scale(b[i], &p->b);
    out[i] = clamp((int64_t)ref_scale(sum, p->multiplier, p->shift) + p->zero_point, p->min, p->max);
  }
}

void ref_average_pool(const hb_pool_params* p, const int8_t* in, int8_t* out) {
  const hb_window* w = &p->window;
  for (int32_t oy = 0; oy < p->out.height; oy++)
    for (int32_t ox = 0; ox < p->out.width; ox++)
      for (int32_t c = 0; c < p->out.channels; c++) {
        int64_t sum = 0, count = 0;
        for (int32_t ky = 0; ky < w->height; ky++)
          for (int32_t kx = 0; kx < w->width; kx++) {
            const int32_t y = oy * w->stride_h - w->pad_top + ky, x = ox * w->stride_w - w->pad_left + kx;
            if (y < 0 || y >= p->in.height || x < 0 || x >= p->in.width) continue;
            sum += in[(y * p->in.width + x) * p->in.channels + c];
            count++;
          }
        const int64_t magnitude = (2 * (sum < 0 ? -sum : sum) + count) / (2 * count);
        *out++ = clamp(sum < 0 ? -magnitude : magnitude, p->min, p->max);
      }
}

void ref_max_pool(const hb_pool_params* p, const int8_t* in, int8_t* out) {
  const hb_window* w = &p->window;
  for (int32_t oy = 0; oy < p->out.height; oy++)
    for (int32_t ox = 0; ox < p->out.width; ox++)
      for (int32_t c = 0; c < p->out.channels; c++) {
        int64_t largest = -128;
        for (int32_t ky = 0; ky < w->height; ky++)
          for (int32_t kx = 0; kx < w->width; kx++) {
            const int32_t y = oy * w->stride_h - w->pad_top + ky, x = ox * w->stride_w - w->pad_left + kx;
            if (y < 0 || y >= p->in.height || x < 0 || x >= p->in.width) continue;
            const int64_t value = in[(y * p->in.width + x) * p->in.channels + c];
            if (value > largest) largest = value;
          }
        *out++ = clamp(largest, p->min, p->max);
      }
}

// A real number in [-1, 1) with 31 fraction bits.
static int64_t exp_negative(int64_t x) {  // x: Q5.26, <= 0
  static const int64_t factors[7] = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
  if (x == 0) return INT32_MAX;
  const int64_t quarter = power_of_two(24);
  int64_t quarters = -x / quarter;  // whole quarters of -x, the rest lies in (-1/4, 0]
  int64_t rest = x + quarters * quarter;
  if (rest == 0) rest = -quarter, quarters--;  // gemmlowp takes the interval [-1/4, 0)
  const int64_t y = rest * 32 + power_of_two(28);
  const int64_t y2 = doubling_high(y, y), y3 = doubling_high(y2, y), y4 = doubling_high(y2, y2);
  const int64_t tail = doubling_high(divide_rounded(y4, 2) + y3, 715827883) + y2;
  int64_t result = 1895147668 + doubling_high(1895147668, y + divide_rounded(tail, 1));
  for (int i = 0; i < 7; i++)
    if (quarters & power_of_two(i)) result = doubling_high(result, factors[i]);
  return result;
}

static int64_t saturate32(int64_t x) { return x > INT32_MAX ? INT32_MAX : x < INT32_MIN ? INT32_MIN : x; }

static int64_t reciprocal(int64_t x) {  // 1 / (1 + x), Q0.31
  const int64_t half = (x + power_of_two(31)) / 2;
  int64_t d = 1515870810 + doubling_high(half, -1010580540);
  for (int i = 0; i < 3; i++) d += saturate32(doubling_high(d, power_of_two(29) - doubling_high(half, d)) * 4);
  return saturate32(2 * d);
}

void ref_softmax(const hb_softmax_params* p, const int8_t* in, int8_t* out) {
  for (int32_t row = 0; row < p->rows; row++, in += p->depth, out += p->depth) {
    int largest = -128;
    for (int32_t i = 0; i < p->depth; i++) largest = in[i] > largest ? in[i] : largest;
    int64_t sum = 0;
    for (int32_t i = 0; i < p->depth; i++)
      if (in[i] - largest >= p->diff_min)
        sum += divide_rounded(
            exp_negative(doubling_high((in[i] - largest) * power_of_two(p->left_shift), p->multiplier)), 12);
    int leading = 0;
    while (!(sum & power_of_two(31 - leading))) leading++;
    const int64_t scale = reciprocal(sum * power_of_two(leading) - power_of_two(31));
    for (int32_t i = 0; i < p->depth; i++) {
      if (in[i] - largest < p->diff_min) {
        out[i] = -128;
        continue;
      }
      const int64_t e = exp_negative(doubling_high((in[i] - largest) * power_of_two(p->left_shift), p->multiplier));
      out[i] = clamp(divide_rounded(doubling_high(scale, e), 12 - leading + 23) - 128, -128, 127);
    }
  }
}

void ref_mean(const hb_shape* in, int32_t input_zero_point, int32_t multiplier, int32_t shift, int32_t zero_point,
              const int8_t* values, int8_t* out) {
  const int64_t count = (int64_t)in->height * in->width;
  int bits = 0;
  while (power_of_two(bits + 1) <= count) bits++;
  if (bits > 31 + shift) bits = 31 + shift;
  const int64_t folded = multiplier * power_of_two(bits) / count;
  for (int32_t c = 0; c < in->channels; c++) {
    int64_t sum = 0;
    for (int64_t i = 0; i < count; i++) sum += values[i * in->channels + c] - input_zero_point;
    out[c] = clamp((int64_t)ref_scale(sum, (int32_t)folded, shift - bits) + zero_point, -128, 127);
  }
}

void ref_mul(const hb_mul_params* p, const int8_t* a, const int8_t* b, int8_t* out) {
  for (int32_t row = 0; row < p->rows; row++)
    for (int32_t i = 0; i < p->count; i++) {
      const int64_t product = (int64_t)(a[row * p->count + i] + p->a_offset) * (b[row * p->b_step + i] + p->b_offset);
      out[row * p->count + i] = requantized(product, &p->requant, 0);
    }
}

void ref_prelu(const hb_prelu_params* p, const int8_t* in, const int8_t* alpha, int8_t* out, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const int64_t value = in[i] + p->input_offset, slope = alpha[i] + p->alpha_offset;
    const hb_multiplier m = value < 0 ? p->below : p->above;
    out[i] =
        clamp((int64_t)ref_scale(value < 0 ? value * slope : value, m.multiplier, m.shift) + p->zero_point, -128, 127);
  }
}

static int64_t saturate16(int64_t x) { return x > 32767 ? 32767 : x < -32768 ? -32768 : x; }

// As doubling_high, for 16 bits.
static int64_t doubling_high16(int64_t a, int64_t b) {
  const int64_t product = a * b;
  return saturate16((product + (product >= 0 ? power_of_two(14) : 1 - power_of_two(14))) / power_of_two(15));
}

int8_t ref_hard_swish(const hb_hard_swish_params* p, int8_t value) {
  const int64_t x = (value - p->input_zero_point) * power_of_two(7);
  const int64_t scaled = doubling_high16(x, p->output_multiplier);
  int64_t relu = x;
  if (p->reluish_exponent > 0) relu = saturate16(relu * power_of_two(p->reluish_exponent - 1));
  relu = doubling_high16(relu, p->reluish_multiplier);
  if (p->reluish_exponent > 0) relu = saturate16(relu * 2);
  if (p->reluish_exponent < 0) relu = divide_rounded(relu, -p->reluish_exponent);
  relu += power_of_two(15);
  relu = (relu - (relu % 2 + 2) % 2) / 2;
  return clamp(divide_rounded(relu * scaled / power_of_two(15), -p->output_exponent) + p->output_zero_point, -128, 127);
}

int32_t ref_rescale(const hb_rescale_params* p, int32_t value) {
  const int64_t scaled =
      (int64_t)ref_scale(value - p->input_zero_point, p->multiplier, p->shift) + p->output_zero_point;
  return (int32_t)(scaled < p->min ? p->min : scaled > p->max ? p->max : scaled);
}

void ref_pad(const hb_pad_params* p, const int8_t* in, int8_t* out) {
  int32_t size[4], at[4];
  for (int i = 0; i < 4; i++) size[i] = p->before[i] + p->in[i] + p->after[i];
  for (at[0] = 0; at[0] < size[0]; at[0]++)
    for (at[1] = 0; at[1] < size[1]; at[1]++)
      for (at[2] = 0; at[2] < size[2]; at[2]++)
        for (at[3] = 0; at[3] < size[3]; at[3]++) {
          int32_t from = 0, inside = 1;
          for (int i = 0; i < 4; i++) {
            const int32_t place = at[i] - p->before[i];
            inside = inside && place >= 0 && place < p->in[i];
            from = from * p->in[i] + place;
          }
          *out++ = inside ? in[from] : p->value;
        }
}

static int16_t clamp16(int64_t value, int32_t min, int32_t max) {
  return (int16_t)(value < min ? min : value > max ? max : value);
}

// The multiplier rounded to 16 bits, one rounding of the product, ties up.
static int16_t requantized_s16(int64_t sum, const hb_requant* r, int32_t scale) {
  int64_t multiplier = (r->multiplier[scale] + power_of_two(15)) / power_of_two(16);
  if (r->multiplier[scale] >= 0x7FFF0000) multiplier = 32767;
  const int64_t divisor = power_of_two(15 - r->shift[scale]), doubled = 2 * sum * multiplier + divisor;
  int64_t quotient = doubled / (2 * divisor);
  if (doubled % (2 * divisor) < 0) quotient--;
  return clamp16((int32_t)quotient, r->min, r->max);
}

static int64_t input16_at(const hb_conv_params* p, const int16_t* in, int32_t y, int32_t x, int32_t channel) {
  if (y < 0 || y >= p->in.height || x < 0 || x >= p->in.width) return 0;
  return in[(y * p->in.width + x) * p->in.channels + channel];
}

void ref_conv_s16(const hb_conv_params* p, const int16_t* in, const int8_t* weights, const int64_t* bias,
                  int16_t* out) {
  const hb_window* w = &p->window;
  const int32_t depth = p->in.channels / p->groups, per_group = p->out.channels / p->groups;
  for (int32_t oy = 0; oy < p->out.height; oy++)
    for (int32_t ox = 0; ox < p->out.width; ox++)
      for (int32_t oc = 0; oc < p->out.channels; oc++) {
        int64_t sum = bias ? bias[oc] : 0;
        for (int32_t ky = 0; ky < w->height; ky++)
          for (int32_t kx = 0; kx < w->width; kx++)
            for (int32_t ic = 0; ic < depth; ic++)
              sum += input16_at(p, in, oy * w->stride_h - w->pad_top + ky * w->dilation_h,
                                ox * w->stride_w - w->pad_left + kx * w->dilation_w, oc / per_group * depth + ic) *
                     weights[((oc * w->height + ky) * w->width + kx) * depth + ic];
        *out++ = requantized_s16(sum, &p->requant, oc);
      }
}

void ref_depthwise_s16(const hb_conv_params* p, const int16_t* in, const int8_t* weights, const int64_t* bias,
                       int16_t* out) {
  const hb_window* w = &p->window;
  const int32_t multiplier = p->out.channels / p->in.channels;
  for (int32_t oy = 0; oy < p->out.height; oy++)
    for (int32_t ox = 0; ox < p->out.width; ox++)
      for (int32_t oc = 0; oc < p->out.channels; oc++) {
        int64_t sum = bias ? bias[oc] : 0;
        for (int32_t ky = 0; ky < w->height; ky++)
          for (int32_t kx = 0; kx < w->width; kx++)
            sum += input16_at(p, in, oy * w->stride_h - w->pad_top + ky * w->dilation_h,
                              ox * w->stride_w - w->pad_left + kx * w->dilation_w, oc / multiplier) *
                   weights[(ky * w->width + kx) * p->out.channels + oc];
        *out++ = requantized_s16(sum, &p->requant, oc);
      }
}

void ref_fully_connected_s16(const hb_fully_connected_params* p, const int16_t* in, const int8_t* weights,
                             const int64_t* bias, int16_t* out) {
  for (int32_t row = 0; row < p->rows; row++)
    for (int32_t o = 0; o < p->out; o++) {
      int64_t sum = bias ? bias[o] : 0;
      for (int32_t i = 0; i < p->in; i++) sum += (int64_t)in[row * p->in + i] * weights[o * p->in + i];
      *out++ = requantized_s16(sum, &p->requant, p->per_tensor ? 0 : o);
    }
}

void ref_add_s16(const hb_add_params* p, const int16_t* a, const int16_t* b, int16_t* out, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const int64_t sum = (int64_t)ref_scale(a[i] * power_of_two(15), p->a.multiplier, p->a.shift) +
                        ref_scale(b[i] * power_of_two(15), p->b.multiplier, p->b.shift);
    out[i] = clamp16(ref_scale(sum, p->multiplier, p->shift), p->min, p->max);
  }
}

void ref_pool_s16(const hb_pool_params* p, const int16_t* in, int16_t* out, int largest) {
  const hb_window* w = &p->window;
  for (int32_t oy = 0; oy < p->out.height; oy++)
    for (int32_t ox = 0; ox < p->out.width; ox++)
      for (int32_t c = 0; c < p->out.channels; c++) {
        int64_t sum = 0, count = 0, most = -32768;
        for (int32_t ky = 0; ky < w->height; ky++)
          for (int32_t kx = 0; kx < w->width; kx++) {
            const int32_t y = oy * w->stride_h - w->pad_top + ky, x = ox * w->stride_w - w->pad_left + kx;
            if (y < 0 || y >= p->in.height || x < 0 || x >= p->in.width) continue;
            const int64_t value = in[(y * p->in.width + x) * p->in.channels + c];
            sum += value;
            count++;
            if (value > most) most = value;
          }
        const int64_t magnitude = (2 * (sum < 0 ? -sum : sum) + count) / (2 * count);
        *out++ = clamp16(largest ? most : sum < 0 ? -magnitude : magnitude, p->min, p->max);
      }
}
