"""The countries of the world by subregion, as data. What they mean to a program is in `regions`.

Country and region names after ISO 3166 and the UN M49 list (lukes/ISO-3166-Countries-with-Regional-Codes,
CC BY-SA 4.0), changed: names are in everyday form, Taiwan is put in Eastern Asia.
"""

from collections.abc import Mapping
from types import MappingProxyType

SUBREGIONS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("Europe", "Eastern Europe"): """
BG BGR Bulgaria; BY BLR Belarus; CZ CZE Czechia; HU HUN Hungary; MD MDA Moldova; PL POL Poland; RO ROU
Romania; RU RUS Russia; SK SVK Slovakia; UA UKR Ukraine
""",
        ("Europe", "Northern Europe"): """
AX ALA Åland Islands; DK DNK Denmark; EE EST Estonia; FI FIN Finland; FO FRO Faroe Islands; GB GBR United
Kingdom; GG GGY Guernsey; IE IRL Ireland; IM IMN Isle of Man; IS ISL Iceland; JE JEY Jersey; LT LTU
Lithuania; LV LVA Latvia; NO NOR Norway; SE SWE Sweden; SJ SJM Svalbard and Jan Mayen
""",
        ("Europe", "Southern Europe"): """
AD AND Andorra; AL ALB Albania; BA BIH Bosnia and Herzegovina; ES ESP Spain; GI GIB Gibraltar; GR GRC
Greece; HR HRV Croatia; IT ITA Italy; ME MNE Montenegro; MK MKD North Macedonia; MT MLT Malta; PT PRT
Portugal; RS SRB Serbia; SI SVN Slovenia; SM SMR San Marino; VA VAT Vatican City
""",
        ("Europe", "Western Europe"): """
AT AUT Austria; BE BEL Belgium; CH CHE Switzerland; DE DEU Germany; FR FRA France; LI LIE Liechtenstein; LU
LUX Luxembourg; MC MCO Monaco; NL NLD Netherlands
""",
        ("Africa", "Eastern Africa"): """
BI BDI Burundi; DJ DJI Djibouti; ER ERI Eritrea; ET ETH Ethiopia; IO IOT British Indian Ocean Territory; KE
KEN Kenya; KM COM Comoros; MG MDG Madagascar; MU MUS Mauritius; MW MWI Malawi; MZ MOZ Mozambique; RE REU
Réunion; RW RWA Rwanda; SC SYC Seychelles; SO SOM Somalia; SS SSD South Sudan; TF ATF French Southern
Territories; TZ TZA Tanzania; UG UGA Uganda; YT MYT Mayotte; ZM ZMB Zambia; ZW ZWE Zimbabwe
""",
        ("Africa", "Middle Africa"): """
AO AGO Angola; CD COD Democratic Republic of the Congo; CF CAF Central African Republic; CG COG Republic of
the Congo; CM CMR Cameroon; GA GAB Gabon; GQ GNQ Equatorial Guinea; ST STP São Tomé and Príncipe; TD TCD
Chad
""",
        ("Africa", "Northern Africa"): """
DZ DZA Algeria; EG EGY Egypt; EH ESH Western Sahara; LY LBY Libya; MA MAR Morocco; SD SDN Sudan; TN TUN
Tunisia
""",
        ("Africa", "Southern Africa"): """
BW BWA Botswana; LS LSO Lesotho; NA NAM Namibia; SZ SWZ Eswatini; ZA ZAF South Africa
""",
        ("Africa", "Western Africa"): """
BF BFA Burkina Faso; BJ BEN Benin; CI CIV Côte d'Ivoire; CV CPV Cape Verde; GH GHA Ghana; GM GMB Gambia; GN
GIN Guinea; GW GNB Guinea-Bissau; LR LBR Liberia; ML MLI Mali; MR MRT Mauritania; NE NER Niger; NG NGA
Nigeria; SH SHN Saint Helena; SL SLE Sierra Leone; SN SEN Senegal; TG TGO Togo
""",
        ("Asia", "Central Asia"): """
KG KGZ Kyrgyzstan; KZ KAZ Kazakhstan; TJ TJK Tajikistan; TM TKM Turkmenistan; UZ UZB Uzbekistan
""",
        ("Asia", "Eastern Asia"): """
CN CHN China; HK HKG Hong Kong; JP JPN Japan; KP PRK North Korea; KR KOR South Korea; MN MNG Mongolia; MO
MAC Macao; TW TWN Taiwan
""",
        ("Asia", "South-eastern Asia"): """
BN BRN Brunei; ID IDN Indonesia; KH KHM Cambodia; LA LAO Laos; MM MMR Myanmar; MY MYS Malaysia; PH PHL
Philippines; SG SGP Singapore; TH THA Thailand; TL TLS East Timor; VN VNM Vietnam
""",
        ("Asia", "Southern Asia"): """
AF AFG Afghanistan; BD BGD Bangladesh; BT BTN Bhutan; IN IND India; IR IRN Iran; LK LKA Sri Lanka; MV MDV
Maldives; NP NPL Nepal; PK PAK Pakistan
""",
        ("Asia", "Western Asia"): """
AE ARE United Arab Emirates; AM ARM Armenia; AZ AZE Azerbaijan; BH BHR Bahrain; CY CYP Cyprus; GE GEO
Georgia; IL ISR Israel; IQ IRQ Iraq; JO JOR Jordan; KW KWT Kuwait; LB LBN Lebanon; OM OMN Oman; PS PSE
Palestine; QA QAT Qatar; SA SAU Saudi Arabia; SY SYR Syria; TR TUR Türkiye; YE YEM Yemen
""",
        ("Americas", "Caribbean"): """
AG ATG Antigua and Barbuda; AI AIA Anguilla; AW ABW Aruba; BB BRB Barbados; BL BLM Saint Barthélemy; BQ BES
Caribbean Netherlands; BS BHS Bahamas; CU CUB Cuba; CW CUW Curaçao; DM DMA Dominica; DO DOM Dominican
Republic; GD GRD Grenada; GP GLP Guadeloupe; HT HTI Haiti; JM JAM Jamaica; KN KNA Saint Kitts and Nevis; KY
CYM Cayman Islands; LC LCA Saint Lucia; MF MAF Saint Martin; MQ MTQ Martinique; MS MSR Montserrat; PR PRI
Puerto Rico; SX SXM Sint Maarten; TC TCA Turks and Caicos Islands; TT TTO Trinidad and Tobago; VC VCT Saint
Vincent and the Grenadines; VG VGB British Virgin Islands; VI VIR US Virgin Islands
""",
        ("Americas", "Central America"): """
BZ BLZ Belize; CR CRI Costa Rica; GT GTM Guatemala; HN HND Honduras; MX MEX Mexico; NI NIC Nicaragua; PA PAN
Panama; SV SLV El Salvador
""",
        ("Americas", "Northern America"): """
BM BMU Bermuda; CA CAN Canada; GL GRL Greenland; PM SPM Saint Pierre and Miquelon; US USA United States
""",
        ("Americas", "South America"): """
AR ARG Argentina; BO BOL Bolivia; BR BRA Brazil; BV BVT Bouvet Island; CL CHL Chile; CO COL Colombia; EC ECU
Ecuador; FK FLK Falkland Islands; GF GUF French Guiana; GS SGS South Georgia and the South Sandwich Islands;
GY GUY Guyana; PE PER Peru; PY PRY Paraguay; SR SUR Suriname; UY URY Uruguay; VE VEN Venezuela
""",
        ("Oceania", "Australia and New Zealand"): """
AU AUS Australia; CC CCK Cocos Islands; CX CXR Christmas Island; HM HMD Heard Island and McDonald Islands;
NF NFK Norfolk Island; NZ NZL New Zealand
""",
        ("Oceania", "Melanesia"): """
FJ FJI Fiji; NC NCL New Caledonia; PG PNG Papua New Guinea; SB SLB Solomon Islands; VU VUT Vanuatu
""",
        ("Oceania", "Micronesia"): """
FM FSM Micronesia; GU GUM Guam; KI KIR Kiribati; MH MHL Marshall Islands; MP MNP Northern Mariana Islands;
NR NRU Nauru; PW PLW Palau; UM UMI US Outlying Islands
""",
        ("Oceania", "Polynesia"): """
AS ASM American Samoa; CK COK Cook Islands; NU NIU Niue; PF PYF French Polynesia; PN PCN Pitcairn; TK TKL
Tokelau; TO TON Tonga; TV TUV Tuvalu; WF WLF Wallis and Futuna; WS WSM Samoa
""",
        ("", ""): """
AQ ATA Antarctica
""",
    }
)
"""UN region and subregion, then "two letters, three letters, name" of each country."""
