// curl_easy_setopt and its kin take any number of arguments, which Swift does not call: one function for each type.
#include <curl/curl.h>

#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

static inline CURLcode pipeline_easy_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode pipeline_easy_set_string(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode pipeline_easy_set_pointer(CURL *easy, CURLoption option, void *value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode pipeline_easy_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(easy, option, value);
}
typedef size_t (*pipeline_data_function)(char *bytes, size_t size, size_t count, void *context);
static inline CURLcode pipeline_easy_set_data_function(CURL *easy, CURLoption option, pipeline_data_function value) {
  return curl_easy_setopt(easy, option, value);
}
typedef curl_socket_t (*pipeline_socket_function)(void *context, curlsocktype purpose, struct curl_sockaddr *address);
static inline CURLcode pipeline_easy_set_socket_function(CURL *easy, pipeline_socket_function value) {
  return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, value);
}
static inline CURLcode pipeline_easy_get_string(CURL *easy, CURLINFO info, char **value) {
  return curl_easy_getinfo(easy, info, value);
}
static inline CURLMcode pipeline_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}
