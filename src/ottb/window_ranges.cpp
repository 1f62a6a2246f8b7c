// Written by tools/zone-ranges; do not edit. Sources: google/libphonenumber map_data.txt (Apache-2.0), tzdata zone.tab.
#include "ottb/window_ranges.hpp"

namespace vss::ottb {

namespace {

// clang-format off
constexpr std::string_view zone_sets[] = {
    "Africa/Abidjan", "Africa/Accra", "Africa/Addis_Ababa", "Africa/Algiers", "Africa/Asmara", "Africa/Bamako",
    "Africa/Bangui", "Africa/Banjul", "Africa/Bissau", "Africa/Blantyre", "Africa/Brazzaville", "Africa/Bujumbura",
    "Africa/Cairo", "Africa/Casablanca", "Africa/Conakry", "Africa/Dakar", "Africa/Dar_es_Salaam", "Africa/Djibouti",
    "Africa/Douala", "Africa/El_Aaiun", "Africa/Freetown", "Africa/Gaborone", "Africa/Harare", "Africa/Johannesburg",
    "Africa/Juba", "Africa/Kampala", "Africa/Khartoum", "Africa/Kigali", "Africa/Kinshasa Africa/Lubumbashi",
    "Africa/Lagos", "Africa/Libreville", "Africa/Lome", "Africa/Luanda", "Africa/Lusaka", "Africa/Malabo",
    "Africa/Maputo", "Africa/Maseru", "Africa/Mbabane", "Africa/Mogadishu", "Africa/Monrovia", "Africa/Nairobi",
    "Africa/Ndjamena", "Africa/Niamey", "Africa/Nouakchott", "Africa/Ouagadougou", "Africa/Porto-Novo",
    "Africa/Sao_Tome", "Africa/Tripoli", "Africa/Tunis", "Africa/Windhoek",
    "America/Adak America/Anchorage America/Anguilla America/Antigua America/Barbados "
    "America/Boise America/Cayman America/Chicago America/Denver America/Dominica America/Edmonton "
    "America/Fort_Nelson America/Grand_Turk America/Grenada America/Halifax America/Jamaica "
    "America/Juneau America/Los_Angeles America/Lower_Princes America/Montserrat America/Nassau "
    "America/New_York America/North_Dakota/Center America/Phoenix America/Port_of_Spain "
    "America/Puerto_Rico America/Regina America/Santo_Domingo America/St_Johns America/St_Kitts "
    "America/St_Lucia America/St_Thomas America/St_Vincent America/Toronto America/Tortola "
    "America/Vancouver America/Winnipeg Atlantic/Bermuda Pacific/Guam Pacific/Honolulu "
    "Pacific/Pago_Pago Pacific/Saipan", "America/Adak America/Anchorage America/Juneau Pacific/Honolulu",
    "America/Anguilla", "America/Antigua",
    "America/Argentina/Buenos_Aires America/Argentina/Cordoba America/Argentina/Salta "
    "America/Argentina/Jujuy America/Argentina/Tucuman America/Argentina/Catamarca America/Argentina/La_Rioja "
    "America/Argentina/San_Juan America/Argentina/Mendoza America/Argentina/San_Luis America/Argentina/Rio_Gallegos "
    "America/Argentina/Ushuaia", "America/Aruba", "America/Asuncion", "America/Barbados", "America/Belize",
    "America/Bogota", "America/Boise America/Denver America/Los_Angeles", "America/Boise America/Los_Angeles",
    "America/Cancun America/Ciudad_Juarez America/Matamoros America/Mazatlan America/Mexico_City "
    "America/New_York America/Ojinaga America/Tijuana", "America/Cancun America/Mexico_City", "America/Caracas",
    "America/Cayenne", "America/Cayman", "America/Chicago", "America/Chicago America/Denver",
    "America/Chicago America/Denver America/North_Dakota/Center", "America/Chicago America/New_York",
    "America/Costa_Rica", "America/Curacao", "America/Denver", "America/Denver America/Los_Angeles",
    "America/Denver America/Phoenix", "America/Dominica", "America/Edmonton",
    "America/Edmonton America/Fort_Nelson America/Toronto America/Vancouver America/Winnipeg",
    "America/Edmonton America/Vancouver", "America/El_Salvador", "America/Grand_Turk", "America/Grenada",
    "America/Guadeloupe", "America/Guatemala", "America/Guayaquil Pacific/Galapagos", "America/Guyana",
    "America/Halifax", "America/Halifax America/Puerto_Rico America/St_Johns", "America/Halifax America/Toronto",
    "America/Havana", "America/Jamaica", "America/Kralendijk", "America/La_Paz", "America/Lima",
    "America/Los_Angeles", "America/Lower_Princes", "America/Managua", "America/Manaus",
    "America/Manaus America/Sao_Paulo", "America/Marigot", "America/Martinique",
    "America/Matamoros America/Mexico_City", "America/Mazatlan", "America/Mazatlan America/Mexico_City",
    "America/Mazatlan America/Mexico_City America/Tijuana", "America/Mazatlan America/Ojinaga", "America/Mexico_City",
    "America/Mexico_City America/Cancun America/Merida America/Monterrey America/Matamoros "
    "America/Chihuahua America/Ciudad_Juarez America/Ojinaga America/Mazatlan America/Bahia_Banderas "
    "America/Hermosillo America/Tijuana", "America/Mexico_City America/New_York America/Tijuana", "America/Miquelon",
    "America/Montevideo", "America/Montserrat", "America/Nassau", "America/New_York",
    "America/New_York America/Detroit America/Kentucky/Louisville America/Kentucky/Monticello "
    "America/Indiana/Indianapolis America/Indiana/Vincennes America/Indiana/Winamac America/Indiana/Marengo "
    "America/Indiana/Petersburg America/Indiana/Vevay America/Chicago America/Indiana/Tell_City "
    "America/Indiana/Knox America/Menominee America/North_Dakota/Center America/North_Dakota/New_Salem "
    "America/North_Dakota/Beulah America/Denver America/Boise America/Phoenix America/Los_Angeles "
    "America/Anchorage America/Juneau America/Sitka America/Metlakatla America/Yakutat "
    "America/Nome America/Adak Pacific/Honolulu",
    "America/Noronha America/Belem America/Fortaleza America/Recife America/Araguaina "
    "America/Maceio America/Bahia America/Sao_Paulo America/Campo_Grande America/Cuiaba "
    "America/Santarem America/Porto_Velho America/Boa_Vista America/Manaus America/Eirunepe "
    "America/Rio_Branco", "America/Noronha America/Sao_Paulo",
    "America/Nuuk America/Danmarkshavn America/Scoresbysund America/Thule", "America/Panama", "America/Paramaribo",
    "America/Phoenix", "America/Port-au-Prince", "America/Port_of_Spain", "America/Puerto_Rico",
    "America/Puerto_Rico America/St_Johns", "America/Regina", "America/Rio_Branco", "America/Santiago",
    "America/Santiago America/Coyhaique America/Punta_Arenas Pacific/Easter", "America/Santiago Pacific/Easter",
    "America/Santo_Domingo", "America/Sao_Paulo", "America/St_Barthelemy",
    "America/St_Johns America/Halifax America/Glace_Bay America/Moncton America/Goose_Bay "
    "America/Blanc-Sablon America/Toronto America/Iqaluit America/Atikokan America/Winnipeg "
    "America/Resolute America/Rankin_Inlet America/Regina America/Swift_Current America/Edmonton "
    "America/Cambridge_Bay America/Inuvik America/Vancouver America/Creston America/Dawson_Creek "
    "America/Fort_Nelson America/Whitehorse America/Dawson", "America/St_Kitts", "America/St_Lucia",
    "America/St_Thomas", "America/St_Vincent", "America/Tegucigalpa", "America/Toronto",
    "America/Toronto America/Winnipeg", "America/Tortola", "America/Vancouver", "America/Winnipeg",
    "Antarctica/McMurdo Antarctica/Casey Antarctica/Davis Antarctica/DumontDUrville Antarctica/Mawson "
    "Antarctica/Palmer Antarctica/Rothera Antarctica/Syowa Antarctica/Troll Antarctica/Vostok", "Arctic/Longyearbyen",
    "Asia/Aden", "Asia/Almaty Asia/Qyzylorda Asia/Qostanay Asia/Aqtobe Asia/Aqtau Asia/Atyrau Asia/Oral",
    "Asia/Amman", "Asia/Anadyr", "Asia/Ashgabat", "Asia/Baghdad", "Asia/Bahrain", "Asia/Baku", "Asia/Bangkok",
    "Asia/Barnaul", "Asia/Beirut", "Asia/Bishkek", "Asia/Brunei", "Asia/Chita", "Asia/Colombo", "Asia/Damascus",
    "Asia/Dhaka", "Asia/Dili", "Asia/Dubai", "Asia/Dushanbe", "Asia/Gaza Asia/Hebron", "Asia/Ho_Chi_Minh",
    "Asia/Hong_Kong", "Asia/Irkutsk", "Asia/Jakarta", "Asia/Jakarta Asia/Jayapura",
    "Asia/Jakarta Asia/Jayapura Asia/Makassar", "Asia/Jakarta Asia/Makassar",
    "Asia/Jakarta Asia/Pontianak Asia/Makassar Asia/Jayapura", "Asia/Jayapura", "Asia/Jayapura Asia/Makassar",
    "Asia/Jerusalem", "Asia/Kabul", "Asia/Kamchatka", "Asia/Karachi", "Asia/Kathmandu",
    "Asia/Khandyga Asia/Srednekolymsk Asia/Ust-Nera Asia/Vladivostok Asia/Yakutsk", "Asia/Kolkata",
    "Asia/Krasnoyarsk", "Asia/Kuala_Lumpur Asia/Kuching", "Asia/Kuwait", "Asia/Macau", "Asia/Magadan",
    "Asia/Makassar", "Asia/Manila", "Asia/Muscat", "Asia/Nicosia Asia/Famagusta", "Asia/Novokuznetsk",
    "Asia/Novosibirsk", "Asia/Omsk", "Asia/Phnom_Penh", "Asia/Pyongyang", "Asia/Qatar", "Asia/Riyadh",
    "Asia/Sakhalin Asia/Srednekolymsk", "Asia/Samarkand Asia/Tashkent", "Asia/Seoul", "Asia/Shanghai Asia/Urumqi",
    "Asia/Singapore", "Asia/Taipei", "Asia/Tbilisi", "Asia/Tehran", "Asia/Thimphu", "Asia/Tokyo", "Asia/Tomsk",
    "Asia/Ulaanbaatar Asia/Hovd", "Asia/Vientiane", "Asia/Vladivostok", "Asia/Yakutsk", "Asia/Yangon",
    "Asia/Yekaterinburg", "Asia/Yerevan", "Atlantic/Bermuda", "Atlantic/Cape_Verde", "Atlantic/Faroe",
    "Atlantic/Reykjavik", "Atlantic/South_Georgia", "Atlantic/St_Helena", "Atlantic/Stanley",
    "Australia/Adelaide Australia/Brisbane Australia/Eucla Australia/Lord_Howe Australia/Perth "
    "Australia/Sydney Indian/Christmas Indian/Cocos",
    "Australia/Adelaide Australia/Eucla Australia/Perth Indian/Christmas Indian/Cocos",
    "Australia/Adelaide Australia/Perth", "Australia/Brisbane Australia/Sydney",
    "Australia/Lord_Howe Antarctica/Macquarie Australia/Hobart Australia/Melbourne Australia/Sydney "
    "Australia/Broken_Hill Australia/Brisbane Australia/Lindeman Australia/Adelaide Australia/Darwin "
    "Australia/Perth Australia/Eucla", "Australia/Lord_Howe Australia/Sydney", "Australia/Sydney", "Europe/Amsterdam",
    "Europe/Andorra", "Europe/Astrakhan", "Europe/Athens", "Europe/Belgrade", "Europe/Berlin Europe/Busingen",
    "Europe/Bratislava", "Europe/Brussels", "Europe/Bucharest", "Europe/Budapest", "Europe/Chisinau",
    "Europe/Copenhagen", "Europe/Dublin", "Europe/Gibraltar", "Europe/Guernsey", "Europe/Helsinki",
    "Europe/Isle_of_Man", "Europe/Istanbul", "Europe/Jersey", "Europe/Kaliningrad",
    "Europe/Kaliningrad Europe/Moscow Europe/Kirov Europe/Volgograd Europe/Astrakhan Europe/Saratov "
    "Europe/Ulyanovsk Europe/Samara Asia/Yekaterinburg Asia/Omsk Asia/Novosibirsk Asia/Barnaul "
    "Asia/Tomsk Asia/Novokuznetsk Asia/Krasnoyarsk Asia/Irkutsk Asia/Chita Asia/Yakutsk "
    "Asia/Khandyga Asia/Vladivostok Asia/Ust-Nera Asia/Magadan Asia/Sakhalin Asia/Srednekolymsk "
    "Asia/Kamchatka Asia/Anadyr", "Europe/Lisbon Atlantic/Madeira Atlantic/Azores", "Europe/Ljubljana",
    "Europe/London", "Europe/Luxembourg", "Europe/Madrid Africa/Ceuta Atlantic/Canary", "Europe/Malta",
    "Europe/Mariehamn", "Europe/Minsk", "Europe/Monaco", "Europe/Moscow", "Europe/Oslo", "Europe/Paris",
    "Europe/Podgorica", "Europe/Prague", "Europe/Riga", "Europe/Rome", "Europe/Samara", "Europe/San_Marino",
    "Europe/Sarajevo", "Europe/Saratov", "Europe/Simferopol Europe/Kyiv", "Europe/Skopje", "Europe/Sofia",
    "Europe/Stockholm", "Europe/Tallinn", "Europe/Tirane", "Europe/Ulyanovsk", "Europe/Vaduz", "Europe/Vatican",
    "Europe/Vienna", "Europe/Vilnius", "Europe/Volgograd", "Europe/Warsaw", "Europe/Zagreb", "Europe/Zurich",
    "Indian/Antananarivo", "Indian/Chagos", "Indian/Christmas", "Indian/Cocos", "Indian/Comoro", "Indian/Kerguelen",
    "Indian/Mahe", "Indian/Maldives", "Indian/Mauritius", "Indian/Mayotte", "Indian/Reunion", "Pacific/Apia",
    "Pacific/Auckland", "Pacific/Auckland Pacific/Chatham", "Pacific/Chuuk Pacific/Pohnpei Pacific/Kosrae",
    "Pacific/Efate", "Pacific/Fakaofo", "Pacific/Fiji", "Pacific/Funafuti", "Pacific/Guadalcanal", "Pacific/Guam",
    "Pacific/Honolulu", "Pacific/Majuro Pacific/Kwajalein", "Pacific/Midway Pacific/Wake", "Pacific/Nauru",
    "Pacific/Niue", "Pacific/Norfolk", "Pacific/Noumea", "Pacific/Pago_Pago", "Pacific/Palau", "Pacific/Pitcairn",
    "Pacific/Port_Moresby Pacific/Bougainville", "Pacific/Rarotonga", "Pacific/Saipan",
    "Pacific/Tahiti Pacific/Marquesas Pacific/Gambier", "Pacific/Tarawa Pacific/Kanton Pacific/Kiritimati",
    "Pacific/Tongatapu", "Pacific/Wallis",
};

constexpr zone_range by_prefix[] = {  // sorted
    {522,107}, {523,107}, {524,107}, {525,107}, {527,107}, {528,107}, {529,107}, {551,132}, {552,132}, {553,132},
    {554,132}, {557,132}, {558,132}, {559,98}, {561,128}, {562,128}, {564,128}, {565,128}, {566,128}, {567,128},
    {568,128}, {569,128}, {611,232}, {612,232}, {613,232}, {614,232}, {617,232}, {621,174}, {622,171}, {624,190},
    {626,171}, {627,171}, {628,171}, {641,301}, {642,301}, {643,301}, {644,301}, {645,301}, {646,301}, {647,301},
    {648,301}, {649,301}, {1201,114}, {1202,114}, {1203,114}, {1204,144}, {1205,67}, {1206,95}, {1207,114},
    {1208,50}, {1209,95}, {1210,67}, {1212,114}, {1213,95}, {1214,67}, {1215,114}, {1216,114}, {1217,67}, {1218,67},
    {1219,70}, {1220,114}, {1223,114}, {1224,67}, {1225,67}, {1226,140}, {1227,114}, {1228,67}, {1229,114},
    {1231,114}, {1234,114}, {1235,67}, {1236,143}, {1239,114}, {1240,114}, {1242,113}, {1246,57}, {1248,114},
    {1249,140}, {1250,79}, {1251,67}, {1252,114}, {1253,95}, {1254,67}, {1256,67}, {1257,143}, {1260,114},
    {1262,67}, {1263,140}, {1264,52}, {1267,114}, {1268,53}, {1269,114}, {1270,70}, {1272,114}, {1274,67},
    {1276,114}, {1279,95}, {1281,67}, {1283,114}, {1284,142}, {1289,140}, {1301,114}, {1302,114}, {1303,73},
    {1304,114}, {1305,114}, {1306,126}, {1307,73}, {1308,68}, {1309,67}, {1310,95}, {1312,67}, {1313,114},
    {1314,67}, {1315,114}, {1316,67}, {1317,114}, {1318,67}, {1319,67}, {1320,67}, {1321,114}, {1323,95},
    {1324,114}, {1325,67}, {1326,114}, {1327,67}, {1329,114}, {1330,114}, {1331,67}, {1332,114}, {1334,67},
    {1336,114}, {1337,67}, {1339,114}, {1340,137}, {1341,95}, {1343,140}, {1345,66}, {1346,67}, {1347,114},
    {1350,95}, {1351,114}, {1352,114}, {1353,67}, {1354,140}, {1360,95}, {1361,67}, {1363,114}, {1364,114},
    {1365,140}, {1367,140}, {1368,77}, {1369,95}, {1380,114}, {1382,140}, {1385,73}, {1386,114}, {1401,114},
    {1402,67}, {1403,77}, {1404,114}, {1405,67}, {1406,73}, {1407,114}, {1408,95}, {1409,67}, {1410,114},
    {1412,114}, {1413,114}, {1414,67}, {1415,95}, {1416,140}, {1417,67}, {1418,89}, {1419,114}, {1423,70},
    {1424,95}, {1425,95}, {1428,87}, {1430,67}, {1431,144}, {1432,67}, {1434,114}, {1435,73}, {1437,140},
    {1438,140}, {1440,114}, {1441,219}, {1442,95}, {1443,114}, {1445,114}, {1447,67}, {1448,114}, {1450,140},
    {1458,95}, {1463,114}, {1464,67}, {1468,140}, {1469,67}, {1470,114}, {1472,114}, {1473,82}, {1474,144},
    {1475,114}, {1478,114}, {1479,67}, {1480,121}, {1484,114}, {1501,67}, {1502,114}, {1503,95}, {1504,67},
    {1505,73}, {1506,87}, {1507,67}, {1508,114}, {1509,95}, {1510,95}, {1512,67}, {1513,114}, {1514,140}, {1515,67},
    {1516,114}, {1517,114}, {1518,114}, {1519,140}, {1520,121}, {1530,95}, {1531,67}, {1534,67}, {1539,67},
    {1540,114}, {1541,74}, {1548,140}, {1551,114}, {1557,67}, {1559,95}, {1561,114}, {1562,95}, {1563,67},
    {1564,95}, {1567,114}, {1570,114}, {1571,114}, {1572,67}, {1573,67}, {1574,70}, {1575,73}, {1579,140},
    {1580,67}, {1581,140}, {1582,114}, {1584,144}, {1585,114}, {1586,114}, {1587,77}, {1601,67}, {1602,121},
    {1603,114}, {1604,143}, {1605,69}, {1606,70}, {1607,114}, {1608,67}, {1609,114}, {1610,114}, {1612,67},
    {1613,140}, {1614,114}, {1615,67}, {1616,114}, {1617,114}, {1618,67}, {1619,95}, {1620,68}, {1623,121},
    {1626,95}, {1628,95}, {1629,67}, {1630,67}, {1631,114}, {1636,67}, {1639,126}, {1640,114}, {1641,67},
    {1645,114}, {1646,114}, {1647,140}, {1649,81}, {1650,95}, {1651,67}, {1656,114}, {1657,95}, {1658,91},
    {1659,67}, {1660,67}, {1661,95}, {1662,67}, {1664,112}, {1667,114}, {1669,95}, {1670,322}, {1671,309},
    {1672,143}, {1678,114}, {1680,114}, {1681,114}, {1682,67}, {1683,140}, {1684,317}, {1686,114}, {1689,67},
    {1701,69}, {1702,95}, {1703,114}, {1704,114}, {1705,140}, {1706,114}, {1707,95}, {1708,67}, {1709,88},
    {1712,67}, {1713,67}, {1714,95}, {1715,67}, {1716,114}, {1717,114}, {1718,114}, {1719,73}, {1720,73}, {1721,96},
    {1724,114}, {1725,95}, {1726,67}, {1727,114}, {1728,114}, {1730,67}, {1731,67}, {1732,114}, {1734,114},
    {1737,67}, {1738,95}, {1740,114}, {1742,140}, {1743,114}, {1747,95}, {1748,73}, {1753,140}, {1754,114},
    {1757,114}, {1758,136}, {1760,95}, {1762,114}, {1763,67}, {1765,114}, {1767,76}, {1769,67}, {1770,114},
    {1771,114}, {1772,114}, {1773,67}, {1774,114}, {1775,60}, {1778,143}, {1779,67}, {1780,77}, {1781,114},
    {1782,87}, {1784,138}, {1785,68}, {1786,114}, {1787,124}, {1801,73}, {1802,114}, {1803,114}, {1804,114},
    {1805,95}, {1806,67}, {1807,141}, {1808,310}, {1809,131}, {1810,114}, {1812,70}, {1813,114}, {1814,114},
    {1815,67}, {1816,67}, {1817,67}, {1818,95}, {1819,140}, {1820,95}, {1821,114}, {1825,77}, {1826,114},
    {1828,114}, {1829,131}, {1830,67}, {1831,95}, {1832,67}, {1835,114}, {1838,114}, {1839,114}, {1840,95},
    {1843,114}, {1845,114}, {1847,67}, {1848,114}, {1849,131}, {1850,70}, {1854,114}, {1856,114}, {1857,114},
    {1858,95}, {1859,114}, {1860,114}, {1862,114}, {1863,114}, {1864,114}, {1865,114}, {1867,78}, {1868,123},
    {1869,135}, {1870,67}, {1872,67}, {1873,140}, {1876,91}, {1878,114}, {1879,125}, {1901,67}, {1902,87},
    {1903,67}, {1904,114}, {1905,140}, {1906,70}, {1907,51}, {1908,114}, {1909,95}, {1910,114}, {1912,114},
    {1913,67}, {1914,114}, {1915,73}, {1916,95}, {1917,114}, {1918,67}, {1919,114}, {1920,67}, {1925,95}, {1928,75},
    {1929,114}, {1930,114}, {1931,67}, {1934,114}, {1936,67}, {1937,114}, {1938,67}, {1939,124}, {1940,67},
    {1941,114}, {1942,140}, {1943,114}, {1945,67}, {1947,114}, {1948,114}, {1949,95}, {1951,95}, {1952,67},
    {1954,114}, {1956,67}, {1959,114}, {1970,73}, {1971,95}, {1972,67}, {1973,114}, {1975,67}, {1978,114},
    {1979,67}, {1980,114}, {1983,73}, {1984,114}, {1985,67}, {1986,61}, {1989,114}, {5220,109}, {5231,104},
    {5232,104}, {5238,104}, {5261,62}, {5262,106}, {5263,103}, {5264,105}, {5265,62}, {5266,62}, {5267,62},
    {5268,62}, {5269,103}, {5286,102}, {5287,102}, {5289,102}, {5298,63}, {5299,63}, {5550,132}, {5551,132},
    {5553,132}, {5554,132}, {5555,99}, {5561,132}, {5562,132}, {5563,132}, {5564,132}, {5565,98}, {5566,98},
    {5567,99}, {5568,127}, {5569,99}, {5581,117}, {5590,132}, {5591,99}, {5592,99}, {5593,99}, {5594,99},
    {5596,132}, {5598,132}, {5599,132}, {5632,130}, {5633,128}, {5634,128}, {5635,128}, {6125,231}, {6126,231},
    {6172,229}, {6173,229}, {6185,226}, {6186,228}, {6187,228}, {6188,228}, {6189,227}, {6200,173}, {6231,171},
    {6232,171}, {6233,171}, {6234,171}, {6235,171}, {6236,190}, {6237,174}, {6238,190}, {6240,177}, {6245,174},
    {6251,173}, {6252,173}, {6253,174}, {6254,190}, {6255,190}, {6256,171}, {6280,174}, {6281,174}, {6282,174},
    {6283,174}, {6285,174}, {6286,174}, {6287,174}, {6288,174}, {6290,176}, {6291,172}, {6292,172}, {6295,173},
    {6296,173}, {6297,173}, {6298,176}, {6433,302}, {7301,170}, {7302,160}, {7341,270}, {7342,217}, {7343,217},
    {7345,217}, {7346,217}, {7347,217}, {7349,217}, {7351,217}, {7352,217}, {7353,217}, {7381,196}, {7382,211},
    {7383,195}, {7384,194}, {7385,156}, {7388,156}, {7390,185}, {7391,185}, {7394,185}, {7395,170}, {7401,252},
    {7411,183}, {7413,189}, {7415,180}, {7416,215}, {7421,214}, {7423,214}, {7424,201}, {7426,214}, {7427,150},
    {7471,263}, {7472,263}, {7473,263}, {7474,263}, {7475,263}, {7481,263}, {7482,263}, {7483,263}, {7484,263},
    {7485,263}, {7486,263}, {7487,263}, {7491,263}, {7492,263}, {7493,263}, {7494,263}, {7495,263}, {7496,263},
    {7498,263}, {7499,263}, {7811,263}, {7812,263}, {7813,263}, {7814,263}, {7815,263}, {7816,263}, {7817,263},
    {7818,263}, {7820,263}, {7821,263}, {7831,263}, {7833,263}, {7834,263}, {7835,263}, {7836,263}, {7842,280},
    {7843,263}, {7844,285}, {7845,273}, {7846,270}, {7847,263}, {7848,270}, {7851,235}, {7855,263}, {7861,263},
    {7862,263}, {7863,263}, {7865,263}, {7866,263}, {7867,263}, {7871,263}, {7872,263}, {7873,263}, {7877,263},
    {7878,263}, {7879,263},
};

constexpr country_zones by_country[] = {  // sorted by ISO code
    {"AD",234}, {"AE",165}, {"AF",179}, {"AG",53}, {"AI",52}, {"AL",279}, {"AM",218}, {"AO",32}, {"AQ",145},
    {"AR",54}, {"AS",317}, {"AT",283}, {"AU",230}, {"AW",55}, {"AX",260}, {"AZ",154}, {"BA",272}, {"BB",57},
    {"BD",163}, {"BE",240}, {"BF",44}, {"BG",276}, {"BH",153}, {"BI",11}, {"BJ",45}, {"BL",133}, {"BM",219},
    {"BN",159}, {"BO",93}, {"BQ",92}, {"BR",116}, {"BS",113}, {"BT",209}, {"BW",21}, {"BY",261}, {"BZ",58},
    {"CA",134}, {"CC",292}, {"CD",28}, {"CF",6}, {"CG",10}, {"CH",288}, {"CI",0}, {"CK",321}, {"CL",129}, {"CM",18},
    {"CN",204}, {"CO",59}, {"CR",71}, {"CU",90}, {"CV",220}, {"CW",72}, {"CX",291}, {"CY",193}, {"CZ",267},
    {"DE",238}, {"DJ",17}, {"DK",244}, {"DM",76}, {"DO",131}, {"DZ",3}, {"EC",85}, {"EE",278}, {"EG",12}, {"EH",19},
    {"ER",4}, {"ES",258}, {"ET",2}, {"FI",248}, {"FJ",306}, {"FK",225}, {"FM",303}, {"FO",221}, {"FR",265},
    {"GA",30}, {"GB",256}, {"GD",82}, {"GE",207}, {"GF",65}, {"GG",247}, {"GH",1}, {"GI",246}, {"GL",118}, {"GM",7},
    {"GN",14}, {"GP",83}, {"GQ",34}, {"GR",236}, {"GS",223}, {"GT",84}, {"GU",309}, {"GW",8}, {"GY",86}, {"HK",169},
    {"HN",139}, {"HR",287}, {"HT",122}, {"HU",242}, {"ID",175}, {"IE",245}, {"IL",178}, {"IM",249}, {"IN",184},
    {"IO",290}, {"IQ",152}, {"IR",208}, {"IS",222}, {"IT",269}, {"JE",251}, {"JM",91}, {"JO",149}, {"JP",210},
    {"KE",40}, {"KG",158}, {"KH",197}, {"KI",324}, {"KM",293}, {"KN",135}, {"KP",198}, {"KR",203}, {"KW",187},
    {"KY",66}, {"KZ",148}, {"LA",213}, {"LB",157}, {"LC",136}, {"LI",281}, {"LK",161}, {"LR",39}, {"LS",36},
    {"LT",284}, {"LU",257}, {"LV",268}, {"LY",47}, {"MA",13}, {"MC",262}, {"MD",243}, {"ME",266}, {"MF",100},
    {"MG",289}, {"MH",311}, {"MK",275}, {"ML",5}, {"MM",216}, {"MN",212}, {"MO",188}, {"MP",322}, {"MQ",101},
    {"MR",43}, {"MS",112}, {"MT",259}, {"MU",297}, {"MV",296}, {"MW",9}, {"MX",108}, {"MY",186}, {"MZ",35},
    {"NA",49}, {"NC",316}, {"NE",42}, {"NF",315}, {"NG",29}, {"NI",97}, {"NL",233}, {"NO",264}, {"NP",182},
    {"NR",313}, {"NU",314}, {"NZ",302}, {"OM",192}, {"PA",119}, {"PE",94}, {"PF",323}, {"PG",320}, {"PH",191},
    {"PK",181}, {"PL",286}, {"PM",110}, {"PN",319}, {"PR",124}, {"PS",167}, {"PT",254}, {"PW",318}, {"PY",56},
    {"QA",199}, {"RE",299}, {"RO",241}, {"RS",237}, {"RU",253}, {"RW",27}, {"SA",200}, {"SB",308}, {"SC",295},
    {"SD",26}, {"SE",277}, {"SG",205}, {"SH",224}, {"SI",255}, {"SJ",146}, {"SK",239}, {"SL",20}, {"SM",271},
    {"SN",15}, {"SO",38}, {"SR",120}, {"SS",24}, {"ST",46}, {"SV",80}, {"SX",96}, {"SY",162}, {"SZ",37}, {"TC",81},
    {"TD",41}, {"TF",294}, {"TG",31}, {"TH",155}, {"TJ",166}, {"TK",305}, {"TL",164}, {"TM",151}, {"TN",48},
    {"TO",325}, {"TR",250}, {"TT",123}, {"TV",307}, {"TW",206}, {"TZ",16}, {"UA",274}, {"UG",25}, {"UM",312},
    {"US",115}, {"UY",111}, {"UZ",202}, {"VA",282}, {"VC",138}, {"VE",64}, {"VG",142}, {"VI",137}, {"VN",168},
    {"VU",304}, {"WF",326}, {"WS",300}, {"YE",147}, {"YT",298}, {"ZA",23}, {"ZM",33}, {"ZW",22},
};
// clang-format on

}  // namespace

std::string_view zone_table_version() { return "libphonenumber 2026-07-17, tzdata 2026f"; }
std::span<const std::string_view> zone_table_sets() { return zone_sets; }
std::span<const zone_range> zone_table_ranges() { return by_prefix; }
std::span<const country_zones> zone_table_countries() { return by_country; }

}  // namespace vss::ottb
