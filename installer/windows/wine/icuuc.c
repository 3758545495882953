/* For tests under Wine only, never given away: Wine 8 lacks the icuuc.dll that is part of Windows 10, and Qt6Core asks
   for these names. A system without any converter is what they play; Qt then uses its own UTF-8, UTF-16 and Latin-1. */
#define UNSUPPORTED 16
#define STUB __declspec(dllexport)
STUB void *ucnv_open(const char *name, int *error) { (void)name; *error = UNSUPPORTED; return 0; }
STUB void ucnv_close(void *converter) { (void)converter; }
STUB void ucnv_reset(void *converter) { (void)converter; }
STUB int ucnv_countAvailable(void) { return 0; }
STUB const char *ucnv_getAvailableName(int which) { (void)which; return 0; }
STUB const char *ucnv_getStandardName(const char *name, const char *standard, int *error) {
    (void)name; (void)standard; *error = UNSUPPORTED; return 0;
}
STUB const char *ucnv_getName(const void *converter, int *error) { (void)converter; *error = UNSUPPORTED; return 0; }
STUB signed char ucnv_getMaxCharSize(const void *converter) { (void)converter; return 1; }
#define NOTHING(name) STUB void name(void) {}
NOTHING(ucnv_getToUCallBack) NOTHING(ucnv_getFromUCallBack) NOTHING(ucnv_setToUCallBack) NOTHING(ucnv_setFromUCallBack)
NOTHING(ucnv_toUnicode) NOTHING(ucnv_fromUnicode) NOTHING(ucnv_cbToUWriteUChars) NOTHING(ucnv_cbFromUWriteUChars)
NOTHING(UCNV_FROM_U_CALLBACK_SUBSTITUTE) NOTHING(UCNV_TO_U_CALLBACK_SUBSTITUTE)
STUB int ucnv_toUCountPending(const void *converter, int *error) { (void)converter; *error = UNSUPPORTED; return 0; }
STUB int ucnv_fromUCountPending(const void *converter, int *error) { (void)converter; *error = UNSUPPORTED; return 0; }
