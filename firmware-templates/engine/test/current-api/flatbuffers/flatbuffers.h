#include "current_api.h"
