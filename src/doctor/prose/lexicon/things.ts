/**
 * What people talk about: concept → the words for it. `*` stands for any end of a word, `_` for the space of a phrase.
 * A hyphen, an underscore and a space are one; British and American spellings meet in `words.ts`. A word may name several concepts.
 */
export const things = {
  // What a modem keeps
  credential:
    'cert certs certificat* certifcat* certficat* credential* credentail* crt ca cas cacert rootca root_ca pem key keys keyfile psk sec_tag sectag security_tag',
  certificate: 'cert certs certificat* certifcat* certficat* crt x509 chain',
  'root-ca':
    'authority ca cas cacert cafile rootca root_ca new_root another_root other_root old_root wrong_root right_root same_root our_root root_cert* root_certificate* trust_anchor* truststore trust_store isrg digicert amazonrootca* dst_root* root_x1 root_x3 root_g2 root_r1',
  intermediate: 'line_ca two_step two_tier two_level three_level intermediate* sub_ca subca issuing_ca signing_ca',
  chain: 'chain chains bundle fullchain chained fully_chained',
  leaf: "certificate_of_the_server leaf end_entity server_cert* server_certificate* server's_cert* server's_own_cert* broker's_cert* broker's_own_cert* own_cert* broker_cert* site_cert*",
  key: 'key keys private_key* keyfile privkey',
  pem: 'pem crt cert certs certificat* key keys file files',
  file: 'file files hex image binary',
  tag: 'sec_tag* sectag* security_tag* tag tags',
  'type-number': 'type types',
  slot: 'sec_tag* sectag* security_tag* tag tags slot slots cmng at%cmng* modem storage nvm keystore',
  modem: 'modem modems',
  listing: 'at%cmng* cmng listing listings',
  'app-store':
    'mbedtls tls_credential* application_core tls_credential_add native_tls zephyr_tls native_stack software_tls tf_m psa protected_storage',
  'store-of': 'store stores storage stored offload* native keygen export*',
  psk: 'psk_identity psk psks preshared* pre_shared*',
  hex: 'getbytes word words binary raw hex hexadecimal ascii plain_text plaintext base64 string encoding encoded',
  kind: 'format formats type curve size encoding kind algorithm',
  'key-kind':
    'ec_parameters ec_private_key encrypted passphrase pass_phrase pkcs8 pkcs1 pkcs#8 sec1 secp521r1 secp256k1 p521 ed25519 brainpool* rsa4096 rsa_4096 4096_bit rsa_3072 p384 secp384r1',
  'key-alg': 'rsa ecdsa ecc ec p_256 p256 secp256r1 prime256v1 2048 4096 1024',
  'public-part': 'modulus moduli public_key* pubkey spki',
  digest: 'sha256* sha sha_256 digest* checksum* hash hashes fingerprint* thumbprint* sha256sum',
  'born-key': 'keygen at%keygen* born_in_the_modem not_exportable generated_in_the_modem generated_on_the_modem',
  crlf: 'crlf cr_lf 0d_0a 0x0d carriage_return* dos2unix windows_line* dos_line*',
  'no-sim': 'no_sim no_sim_card no_uicc sim_missing missing_sim without_sim without_a_sim no_card',
  'date-time': 'date_time ntp sntp rtc clock xtime %xtime date',
  'client-cert': 'client_cert* device_cert* client_crt device_crt own_certificate key_store keystore',
  windows: 'windows notepad',
  ipv4: 'ip_address lan_address lan_ip ip_in_lan',
  'by-ip': 'server_ip broker_ip numeric numeric_ip* numeric_address ip_address ipv4 by_ip literal_ip ip_literal',
  'line-end':
    'crlf cr lf line_end* line_break* line_feed* newline* new_line* carriage_return* dos2unix lineending* linebreak* \\n \\r\\n',
  lines: 'lines line',
  joined:
    'join* flatten* strip* concatenat* single_line one_line one_long_line remov* trim* lost missing drop* swallow*',
  escaped:
    'escap* literal* backslash* \\\\n quote* quoted spaces blanks space indent* whitespace* header* footer* begin_line copy* paste* past*',
  // The way to the network
  sim: 'sim sims sim_1v8 simcard* uicc esim usim card iccid nano_sim micro_sim',
  subscription:
    'subscription* subscrib* plan tariff contract account quota credit balance allowance prepaid data_plan topup top_up iccid sim sims mb data_volume data_limit roaming_plan invoice bill payment',
  operator:
    'operator* carrier* provider* telco isp telekom vodafone verizon at&t t_mobile orange telenor telia ibasis 1nce onomondo hologram emnify soracom twilio truphone kpn telefonica swisscom proximus sunrise att plmn mno mvno bell telus rogers telstra provider sim_provider sim_vendor roaming_partner',
  'forbidden-list': 'fplmn ef_fplmn forbidden_list forbidden_plmn* forbidden_network* forbidden_operators',
  portal: 'portal dashboard console management_platform back_office website sim_portal operator_portal',
  ltem: 'lte_m* ltem cat_m* catm* emtc m1 cat_m1',
  nbiot: 'nb_iot nbiot nb nb1 nb2 cat_nb* catnb* narrowband narrow_band',
  'radio-mode':
    'lte_m* ltem cat_m* catm* emtc nb_iot nbiot nb nb1 cat_nb* xsystemmode at%xsystemmode* system_mode network_mode rat system_mode* narrowband narrow_band lte_network_mode',
  band: 'band bands bandlock xbandlock at%xbandlock* band_lock*',
  reception: 'bars reception coverage signal field_strength rsrp rssi antenna_signal',
  network: 'network networks cell cells tower lte coverage plmn cereg cellular signal reception',
  country:
    'country countries region place location abroad border italy germany france spain portugal india china usa canada australia poland netherlands norway sweden brazil mexico uk roam* city site office lab',
  spot: 'upstairs outdoors outside outdoor indoors roof window ramp street yard basement cellar garage pit shaft cabinet field home desk office lab workshop door balcony car tunnel hill valley village',
  roaming: 'roam* permanent_roaming visited foreign abroad',
  apn: 'apn apns access_point*',
  bearer:
    'pdn pdns pdp bearer* cgdcont at+cgdcont* cgact cgpaddr default_context data_connection data_session ip_address ip ipv6 ipv4v6 ipv6_only pdp_type pdn_type apns at+cgpaddr*',
  'static-address':
    'static_ip static_address static_ip_address fixed_ip fixed_address ip_config* wifi.config manual_ip',
  dns: 'dns looked_up look_up resolv* getaddrinfo lookup* nameserver* name_server* hostname_resol*',
  name: 'hostname* host_name* host domain domains fqdn url urls common_name cn san altname* subject_alt* tls_hostname ip ip_address sni server_name',
  port: 'port ports 8883 1883 443 8884 5684 5683',
  address: 'address addresses public_ip public_address dyndns ddns dynamic_dns ip_address',
  firewall:
    'firewall* nat vpn proxy security_group* router routers iptables whitelist* allowlist* port_forward* dmz ufw',
  // The other end
  server:
    'server servers company hosting broker brokers cloud endpoint* backend host hosts hub site sites service provider website mosquitto emqx hivemq aws azure nginx google',
  broker:
    'broker brokers mosquitto emqx hivemq vernemq rabbitmq activemq nanomq listener* server container addon add_on instance ec2 vm droplet',
  'public-server':
    'example.com google google.com httpbin* test.mosquitto.org howsmyssl* jsonplaceholder* demo_server demo_host public_broker public_server test_server sandbox',
  'broker-conf':
    'mosquitto.conf emqx.conf vmq.conf vernemq.conf hivemq* acl_file broker_config* broker_conf listener listeners server_config* nginx.conf compose docker mosquitto.service',
  thing: 'thing things thing_name',
  listener: 'listener listeners mosquitto.conf emqx.conf config* conf setting* bridge websocket* compose yaml yml',
  console: 'console aws azure portal cloud hub account nrf_cloud nrfcloud iot_core dashboard registry crl broker',
  'client-id': 'client_id* clientid* client_identifier* mqtt_id device_id',
  policy: 'policy policies acl acls acl_file permission* privilege* iam role authoriz*',
  password: 'password* passwd username* user_name* login token tokens sas sas_token jwt access_key shared_access*',
  topic: 'topic topics publish* subscri* shadow wildcard* suback puback',
  connack: 'connack connect_ack',
  'plain-port': '1883 5683 80 8080',
  tls: 'tls ssl dtls handshake mtls https mqtts tls_handshake starttls secure_connection encrypt* secure',
  plain: 'plain unencrypted plaintext non_tls non_ssl no_tls 1883 cleartext http tcp:// mqtt://',
  suite: 'cipher* suite suites ciphersuite* curve curves elliptic*',
  'tls-version':
    'tls_v1 tls_1 tlsv1 ssl_v3 sslv3 tls1.3 tlsv1.3 tls_1.3 tls_v1.3 tls13 tls1.0 tlsv1.0 tlsv1.1 tls1.1 tls_1.0 tls_1.1 tls_version* protocol_version*',
  clock: 'clock time date rtc sntp ntp epoch timestamp 1970 1980 date_time datetime',
  'keep-alive': 'keep_alive* keepalive* ping pings pingreq pingresp pingresponse* heartbeat*',
  idle: 'idle inactiv* psm edrx sleep* asleep quiet silence silent no_traffic nat_timeout nat',
  session: 'session sessions connection connections connected mqtt socket link',
  download: 'download* fota ota job jobs blob s3',
  dfu: 'dfu dfu_mode serial_recovery bootloader_mode mcuboot_mode recovery_mode bootloader',
  // The device
  library:
    'nrf_modem* nrf_modem_lib* bsdlib* modem_library modem_lib libmodem at_host lte_lc* modem_init* lte_lc_init at_monitor modem_trace serialmodem',
  sdk: 'libmodem ncs sdk nrf_connect_sdk zephyr library libraries driver drivers toolchain module bsdlib nrf_modem nrfxlib release releases branch esp_idf platformio',
  'code-fix':
    'pull_request pr commit regression known_issue known_issues upstream backport* cherry_pick* release_notes changelog bug_report bugfix hotfix',
  mfw: 'mfw* modem_firmware* modem_fw firmware fw at+cgmr cgmr',
  chip: 'revision rev b0a b1a b0 hw_version hardware_version hwversion chip sip dk engineering_sample old_kit laca a0a a1a nrf9160 nrf9161 nrf9151',
  image:
    'sketch sketches build builds image images hex binary bin zip merged.hex app_update.bin firmware bridge application app build elf uf2 bootloader spm tf_m app_signed* merged* signed_hex full_image tfm mcuboot hexfile zip_file',
  target:
    'chip soc core nrf52* nrf53* nrf5340 nrf52840 target switch switches sw1 sw2 sw10 variant ns nonsecure non_secure secure build_target pca10090* pca20035* start_address starts_at board_file cpuapp cpunet board_name nrf9160dk_nrf9160* thingy91_nrf* _ns board_target cpu other_chip sip nrf9160dk thingy91 nrf9151dk nrf5340dk swd_switch swd_select sw3 sw4',
  memory:
    'heap heaps stack stacks memory ram buffer* malloc k_malloc enomem heap_size mem_pool* ringbuffer rx_buf* tx_buf* footprint alloc* fragment* null_pointer mbedtls_heap frag* max_len buf_size buffer_size stack_size mem_size buf_len max_size framebuffer* bss',
  serial:
    'uart uarts serial rts cts flow_control hwfc baud* com_port com_ports usb tty ttyacm* vcom terminal putty teraterm tera_term console_port rx tx lpuart uart0 uart1 uart2 level_shifter* ftdi cp2102 ch340 termite minicom com1 com2 com3 com4 com5 com6 com7 com8 com9 com10 com11 com12 ttyusb* ttyusb0 ttyacm0 uarte rxd txd usb_serial usb_to_serial level_converter usb_port linkmonitor',
  'flow-control': 'flow_control hwfc rts cts baud* line_ending* line_termination termination cr',
  at: 'at_command* at_cmd* at_client at_shell at_host',
  hardware:
    'antenna* solder* pcb pcbs regulator* capacitor* holder connector* matching inductor* schematic* hardware rf chip crystal oscillator ldo dcdc footprint impedance pin pins sma 1v8 1.8v sim_1v8 1v8_sim enable_pin nreset multimeter oscilloscope scope u.fl ufl short shorted pad pads esd current reflow module wire wires',
  supply:
    'supply vdd rail voltage vbat battery psu power_supply power_source ldo vdd_gpio vdd1 vdd2 volts usb_power current_limit* buck boost',
  bench:
    'bench_supply lab_supply laboratory_supply external_supply strong_supply stronger_supply bench_power mains_adapter power_bank',
  power: 'power battery batteries supply plug mains electricity powered usb vbat',
  jig: 'jig fixture test_bed testbed production_line programming_station test_station tester bed_of_nails test_adapter',
  'own-board':
    'custom_board* custom_pcb* custom_hardware own_board own_pcb own_hardware own_design custom_nrf* custom_made custom_design* first_prototype* our_board our_pcb our_hardware',
  'debug-access': 'swd jlink j_link debugger segger approtect debug_port ctrl_ap swdclk probe',
  option:
    'config_* kconfig prj.conf overlay* option options define defines setsockopt flag macro parameter* devicetree dts setting* configuration header',
  call: 'call calls called calling init initializ* initialis* function api callback handler thread invoke* semaphore event state_machine workqueue irq nrf_modem_lib_init modem_key_mgmt_write setsockopt getsockopt poll recv recvfrom sendto event_handler mqtt_input mqtt_live',
  'socket-call':
    'send recv recvfrom sendto poll select setsockopt getsockopt socket_option getaddrinfo connect() send() recv() poll() close()',
  app: 'application app sample program sketch script code serialmodem',
  'sample-name':
    'asset_tracker* serialmodem slm at_client https_client mqtt_simple modem_shell mosh nrf_cloud_* lwm2m* aws_iot_* azure_iot_hub download_client downloader multi_service fmfu* modem_info softsim* embassy* connectivity_bridge at_host',
  unit: 'esp32* esp8266* arduino* raspberry* pi pis clients instances box boxes bridge bridges meter meters fleet logger loggers board boards unit units device devices kit kits module modules prototype* sample tracker* node nodes pcb thingy* dk gateway* sensor*',
  computer:
    'pc laptop computer desktop openssl mqtt_explorer mqttx mqttfx mqtt.fx browser postman curl phone android linux windows python paho telnet netcat nc putty raspberry* wsl mosquittosub mosquittopub',
  'client-app':
    'client clients mqtt_explorer mqttx mqtt.fx mqttfx mqttbox paho node_red node sdk script mosquittosub mosquittopub',
  'foreign-client':
    'esp32* esp8266* esp_idf espressif arduino pubsubclient tasmota esphome shelly wemos nodemcu m5stack python paho nodejs node.js node_red javascript mqtt.js java android iphone ios golang dotnet .net c# mqttnet raspberry* rpi linux ubuntu debian windows docker zigbee2mqtt home_assistant homeassistant openhab stm32* quectel bg95 bg96 bg77 sim7000* sim7600* simcom sara_r* u_blox ublox mqttx mqtt_explorer mqtt.fx mqttfx owntracks meshtastic particle freertos wolfssl bearssl micropython circuitpython browser sim7* sim8* a7670* a7672* stm32 mosquittosub mosquittopub',
  nordic:
    'nrf91* nrf9160* nrf9161* nrf9151* thingy91* thingy:91* modem modems cmng at%cmng* ncs nrf_connect_sdk nrf_modem* bsdlib* mfw* sec_tag* security_tag* xsystemmode cereg nrf_cloud nrfcloud at_client slm serial_lte_modem zephyr mqtt_helper',
  cloud:
    'aws amazon iot_core azure iot_hub iothub dps google_cloud gcp watson thingsboard losant alibaba cloudmqtt hivemq_cloud emqx_cloud adafruit ubidots awsiot* aws_iot*',
  lan: 'hotspot tethering wifi wi_fi lan wlan ethernet office_network corporate_network company_network guest_network',
  fullchain: 'fullchain full_chain',
  dtls: 'dtls coaps',
  ntp: 'ntp sntp rtc hwclock timesync time_sync settimeofday configtime timesyncd chrony* set_clock xtime %xtime',
  'own-ca':
    'own_root_ca own_ca self_created_root self_generated_root my_ca my_own_ca generated_root_ca own_root private_ca',
  'tls-port': '8883 8884 443 mqtts',
  listens: 'listen listens listening bound bind binds binding',
  'mosquitto-two': 'mosquitto_2* mosquitto_v2* mosquitto_version_2*',
  websocket: 'websocket* web_socket* wss',
  alpn: 'alpn x_amzn_mqtt_ca',
  message: 'message messages payload* packet packets',
  local: '127.0.0.1 localhost loopback local_only',
  account: 'account region tenant subscription_id workspace team endpoint',
  fingerprint: 'thumbprint* fingerprint* finger_print*',
  'wants-client-cert':
    'require_certificate fail_if_no_peer_cert verify_peer mutual mutual_tls mtls two_way client_auth ssl_verify_client require_client_cert* client_certificate_required peer_verification client_authentication',
  'last-will': 'last_will lwt will_message testament',
  'own-deed':
    'i_changed i_exchanged i_replaced i_swapped i_tried i_updated i_also_tried we_changed we_tried we_replaced we_swapped have_tried already_tried i_have_changed i_already i_regenerated i_recreated i_created',
  // What is named for what it shows, not for what it is
  'sim-supply': 'sim_1v8 sim_vcc 1.8v 1v8 3v_sim class_b class_c sim_voltage sim_det sim_rst sim_io',
  light: 'led leds light lights blink* lamp* led1 led2 led3 led4',
  engineering:
    'engineering_revision engineering_sample* engineering_sip engineering early_dk early_dks old_dk old_dks old_kit old_kits rev1 rev_1 revision_1 b0a bqa baa pre_production preproduction 0.8.5 0.9.0',
  position: 'switch_position switch_stood position sw1 sw2 sw10 swd_select selector debug_out sw3 sw4',
} as const
